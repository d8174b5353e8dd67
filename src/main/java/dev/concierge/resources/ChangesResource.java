package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.concierge.ledger.CallChanges;
import dev.concierge.ledger.CallChanges.Change;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/**
 * The calls that changed, for those who keep a copy. A class of its own with the whole path, or
 * JAX-RS would look for a call of that name.
 */
@Path("/calls/changes")
@Produces(MediaType.APPLICATION_JSON)
public final class ChangesResource {

  private static final long DEFAULT_LIMIT = 50;
  private static final long GREATEST_LIMIT = 200;

  private final CallChanges changes;

  public ChangesResource(CallChanges changes) {
    this.changes = changes;
  }

  /** Changes; {@code next_after} is what to ask after the next time, also if there were none. */
  record ChangeList(List<ChangeView> changes, @JsonProperty("next_after") long nextAfter) {}

  /** A call as it is since its last change. */
  record ChangeView(long number, CallView call) {}

  /** The changes after that number, the earliest first. */
  @GET
  @ReadsQuery
  @Operation(
      summary = "List the calls that changed, for a copy elsewhere",
      description =
          "An erasure is a change. Calls that were deleted because of their age are not told of:"
              + " a copy must delete its own.")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "after",
      description = "The next_after of the answer before.",
      schema = @Schema(type = "integer", minimum = "0", defaultValue = "0"))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "limit",
      schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
  public ChangeList list(@Context UriInfo uri) {
    Fields<List<String>> fields = new Fields<>(uri.getQueryParameters());
    long after = fields.optional("after", 0L, QueryValues.wholeNumber(0, Long.MAX_VALUE));
    long limit =
        fields.optional("limit", DEFAULT_LIMIT, QueryValues.wholeNumber(1, GREATEST_LIMIT));
    fields.requireValid(Problem::invalidQuery);
    List<Change> found = changes.after(after, (int) limit);
    return new ChangeList(
        found.stream()
            .map(change -> new ChangeView(change.number(), CallView.of(change.call())))
            .toList(),
        found.isEmpty() ? after : found.get(found.size() - 1).number());
  }
}

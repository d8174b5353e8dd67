package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.call.Call;
import dev.concierge.call.CallDesk;
import dev.concierge.call.CallDesk.Placement;
import dev.concierge.call.IdempotencyKey;
import dev.concierge.call.KeyReusedException;
import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.CallHistory.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Places calls and lists them. */
@Path("/calls")
@Produces(MediaType.APPLICATION_JSON)
public final class CallsResource {

  private final CallDesk desk;
  private final CallHistory history;
  private final ReservationRequestReader reader;

  public CallsResource(CallDesk desk, CallHistory history, ReservationRequestReader reader) {
    this.desk = desk;
    this.history = history;
    this.reader = reader;
  }

  /** A page of calls; {@code next_cursor} is {@code null} on the last one. */
  record CallList(List<CallView> calls, @JsonProperty("next_cursor") @Nullable String nextCursor) {}

  /**
   * Writes a call down and has it dialled. Also a call the carrier refused has been created. The
   * same body again under the same {@code Idempotency-Key} is answered with the same call.
   */
  @POST
  @NewCalls
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Place a call")
  @Parameter(
      in = ParameterIn.HEADER,
      name = RequestKey.HEADER,
      description = "The same body again under the same key is the same call.",
      schema = @Schema(type = "string", minLength = 1, maxLength = 255))
  @RequestBody(content = @Content(schema = @Schema(implementation = CallRequest.class)))
  @ApiResponse(
      responseCode = "200",
      description = "The call that was placed under the same key before",
      content = @Content(schema = @Schema(implementation = CallView.class)))
  @ApiResponse(
      responseCode = "201",
      description = "The call; the carrier may have refused it",
      content = @Content(schema = @Schema(implementation = CallView.class)))
  public Response place(
      @Parameter(hidden = true) @HeaderParam(RequestKey.HEADER)
          @Nullable List<String> idempotencyKey,
      @Context UriInfo uri,
      @Parameter(hidden = true) InputStream body)
      throws IOException {
    Map<String, JsonNode> members = JsonBody.members(body);
    Optional<IdempotencyKey> key = RequestKey.read(idempotencyKey, members);
    if (key.isEmpty()) {
      return created(uri, desk.place(reader.read(members)));
    }
    try {
      // Before the body is read: "today at 7pm" may have passed since it was first asked for.
      Optional<Call> earlier = desk.placedUnder(key.get());
      if (earlier.isPresent()) {
        return known(earlier.get());
      }
      Placement placement = desk.place(reader.read(members), key.get());
      return placement.isNew() ? created(uri, placement.call()) : known(placement.call());
    } catch (KeyReusedException e) {
      throw RequestKey.reused();
    }
  }

  private static Response created(UriInfo uri, Call call) {
    return Response.created(uri.getAbsolutePathBuilder().path(call.id().value()).build())
        .entity(CallView.of(call))
        .build();
  }

  private static Response known(Call call) {
    return Response.ok(CallView.of(call)).build();
  }

  /** Calls, the newest first unless asked otherwise. */
  @GET
  @ReadsQuery
  @Operation(
      summary = "List calls, the newest first unless asked otherwise",
      description =
          "`metadata.NAME` chooses by a label of the client's, as in `metadata.order=17`.")
  @CallFilters
  @Parameter(
      in = ParameterIn.QUERY,
      name = "sort",
      schema =
          @Schema(
              type = "string",
              allowableValues = {"-created_at", "created_at"},
              defaultValue = "-created_at"))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "limit",
      schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "cursor",
      description = "The next_cursor of the page before.",
      schema = @Schema(type = "string"))
  public CallList list(@Context UriInfo uri) {
    CallQuery query = CallQuery.read(uri.getQueryParameters());
    Page page = history.page(query.filter(), query.order(), query.limit(), query.after());
    return new CallList(
        page.calls().stream().map(CallView::of).toList(),
        page.next() == null ? null : Cursor.write(page.next(), uri.getQueryParameters()));
  }
}

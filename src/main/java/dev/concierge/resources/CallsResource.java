package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.concierge.call.Call;
import dev.concierge.call.CallDesk;
import dev.concierge.call.ReservationRequest;
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
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
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

  /** Writes a call down and has it dialled. Also a call the carrier refused has been created. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Place a call")
  @RequestBody(content = @Content(schema = @Schema(implementation = CallRequest.class)))
  @ApiResponse(
      responseCode = "201",
      description = "The call; the carrier may have refused it",
      content = @Content(schema = @Schema(implementation = CallView.class)))
  public Response place(
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @Context UriInfo uri,
      @Parameter(hidden = true) InputStream body)
      throws IOException {
    if (contentType == null) {
      // Any web page may send a body without a type to another site; JAX-RS takes it for any type.
      throw new NotSupportedException();
    }
    Call call = place(reader.read(JsonBody.members(body)));
    return Response.created(uri.getAbsolutePathBuilder().path(call.id().value()).build())
        .entity(CallView.of(call))
        .build();
  }

  private Call place(ReservationRequest request) {
    try {
      return desk.place(request);
    } catch (JdbiException e) {
      if (!DatabaseProblem.isAway(e)) {
        throw e;
      }
      // No invitation to ask again: the phone may be ringing.
      throw ProblemException.of(
          Problem.of(
              Status.SERVICE_UNAVAILABLE,
              "The database cannot be reached, and whether the call was placed is not known."
                  + " Look for it in the list of calls before asking again."));
    }
  }

  /** Calls, the newest first. */
  @GET
  @Operation(summary = "List calls, the newest first")
  @CallFilters
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
    Page page = history.page(query.filter(), query.limit(), query.after());
    return new CallList(
        page.calls().stream().map(CallView::of).toList(),
        page.next() == null ? null : Cursor.write(page.next()));
  }
}

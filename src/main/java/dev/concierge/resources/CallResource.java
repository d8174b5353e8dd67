package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.concierge.call.Call;
import dev.concierge.call.CallDesk;
import dev.concierge.call.CarrierUncertainException;
import dev.concierge.ledger.CallHistory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** Shows one call and what was said in it, and hangs it up. */
@Path("/calls/{id}")
public final class CallResource {

  private static final long MOST_FACTS = 1000;

  private final CallDesk desk;
  private final CallHistory history;

  public CallResource(CallDesk desk, CallHistory history) {
    this.desk = desk;
    this.history = history;
  }

  /** What was said, in spoken order. */
  record Transcript(@JsonProperty("call_id") String callId, List<TurnView> turns) {}

  /** Facts in the order in which they were told. */
  record Facts(@JsonProperty("call_id") String callId, List<FactView> facts) {}

  /** The call. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Show a call")
  public CallView find(@PathParam("id") String id) {
    return CallView.of(KnownCall.find(history, id));
  }

  /** Ends the call, whatever it is doing; asking again gives the same answer. */
  @POST
  @Path("/hangup")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "End a call; asking again changes nothing")
  @ApiResponse(
      responseCode = "202",
      description = "The call",
      content = @Content(schema = @Schema(implementation = CallView.class)))
  public Response hangUp(@PathParam("id") String id) {
    try {
      Call call = desk.hangUp(KnownCall.id(id)).orElseThrow(KnownCall::unknown);
      return Response.accepted(CallView.of(call)).build();
    } catch (CarrierUncertainException e) {
      throw ProblemException.passing(
          Problem.of(
              Status.SERVICE_UNAVAILABLE,
              "The carrier did not answer. The wish is kept, and it is told again until the call"
                  + " is over."));
    }
  }

  /** The transcript. */
  @GET
  @Path("/transcript")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Show what was said, in spoken order; as text/plain for reading")
  @ApiResponse(
      responseCode = "200",
      description = "The transcript",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Transcript.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = "string"))
      })
  public Transcript transcript(@PathParam("id") String id) {
    Call call = KnownCall.find(history, id);
    return new Transcript(id, history.transcript(call.id()).stream().map(TurnView::of).toList());
  }

  /** The transcript for reading. */
  @GET
  @Path("/transcript")
  @Produces(MediaType.TEXT_PLAIN + ";charset=utf-8;qs=0.5")
  @Operation(hidden = true)
  public String readableTranscript(@PathParam("id") String id) {
    Call call = KnownCall.find(history, id);
    return TranscriptText.of(call, history.transcript(call.id()));
  }

  /**
   * The facts, the first thousand unless told otherwise. {@code after} is the position of the last
   * one seen.
   */
  @GET
  @Path("/facts")
  @ReadsQuery
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Show all that the ledger was told of a call, in that order")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "after",
      description = "The position of the last fact that was seen.",
      schema = @Schema(type = "integer", minimum = "0", defaultValue = "0"))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "limit",
      schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "1000"))
  public Facts facts(@PathParam("id") String id, @Context UriInfo uri) {
    Call call = KnownCall.find(history, id);
    Fields<List<String>> fields = new Fields<>(uri.getQueryParameters());
    long after = fields.optional("after", 0L, QueryValues.wholeNumber(0, Long.MAX_VALUE));
    long limit = fields.optional("limit", MOST_FACTS, QueryValues.wholeNumber(1, MOST_FACTS));
    fields.requireValid(Problem::invalidQuery);
    return new Facts(
        id, history.facts(call.id(), after, (int) limit).stream().map(FactView::of).toList());
  }
}

package dev.concierge.resources;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.call.Call;
import dev.concierge.ledger.CallHistory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a call's events as they happen, as server-sent events. Each follower holds a thread of the
 * server, so their number is bounded.
 */
@Path("/calls/{id}/live")
public final class LiveResource implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveResource.class);

  /** How often the ledger is asked, for each follower. */
  private static final long POLL_MS = 200;

  private final CallHistory history;
  private final ObjectMapper json;
  private final Clock clock;
  private final Bulkhead followers;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param mostFollowers how many may follow at once; further ones are told to come again
   */
  public LiveResource(CallHistory history, ObjectMapper json, Clock clock, int mostFollowers) {
    this.history = history;
    this.json = json;
    this.clock = clock;
    this.followers = new Bulkhead(mostFollowers, "Too many clients follow calls at the moment.");
  }

  /**
   * What has happened, and then what happens, until the call is settled. A client that was cut off
   * goes on where it was.
   *
   * @param lastEventId the id of the last event the client saw
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow a call as it happens, as server-sent events",
      description =
          "`status`, `turn`, `barge_in`, `outcome`, and at last `end` with the call; each event's"
              + " data is JSON.")
  @ApiResponse(
      responseCode = "200",
      description = "The events",
      content = @Content(schema = @Schema(type = "string")))
  @ApiResponse(responseCode = "204", description = "The client has seen the last event")
  public Response follow(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String lastEventId) {
    Call call = KnownCall.find(history, id);
    if (CallFollower.END.equals(lastEventId)) {
      // Browsers ask again when a stream ends, until they are told that there is no more.
      return Response.noContent().build();
    }
    CallFollower follower = new CallFollower(history, call.id(), position(lastEventId));
    StreamingOutput stream = out -> follow(follower, out);
    return Response.ok(stream)
        .header(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
        // nginx would hold events back to fill its buffer.
        .header("X-Accel-Buffering", "no")
        .build();
  }

  private static long position(@Nullable String lastEventId) {
    try {
      return lastEventId == null ? 0 : Long.parseLong(lastEventId);
    } catch (NumberFormatException e) {
      throw ProblemException.of(
          Problem.of(Status.BAD_REQUEST, "Last-Event-ID must be the id of an event of this call."));
    }
  }

  private void follow(CallFollower follower, OutputStream out) {
    followers.enter();
    try {
      new LiveStream(follower, json, clock, this::awaitNextLook).write(out);
    } catch (IOException e) {
      LOG.debug("a follower went away", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      followers.leave();
    }
  }

  private boolean awaitNextLook() throws InterruptedException {
    return !closed.await(POLL_MS, TimeUnit.MILLISECONDS);
  }

  /** Ends every stream, so that the server need not wait for the calls to end. From any thread. */
  @Override
  public void close() {
    closed.countDown();
  }
}

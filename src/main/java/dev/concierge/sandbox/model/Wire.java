package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one client. Events are sent in order and without waiting; a client that does not read
 * them is cut off.
 *
 * <p>Called under the session's lock.
 */
final class Wire {

  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

  /** About ten minutes of speech as base64: more is not kept for a client that does not read. */
  private static final long MAX_UNSENT_CHARACTERS = 8L << 20;

  private final Session socket;
  private final SessionWatch watch;
  private final AtomicLong unsent = new AtomicLong();
  private final String eventPrefix = Ids.next("event_");
  private int events;

  Wire(Session socket, SessionWatch watch) {
    this.socket = socket;
    this.watch = watch;
  }

  /** A new event of that type, to be filled and sent. */
  static ObjectNode event(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  void send(ObjectNode event) {
    if (!socket.isOpen()) {
      return;
    }
    watch.sends(event);
    String text = event.put("event_id", eventPrefix + events++).toString();
    if (unsent.addAndGet(text.length()) > MAX_UNSENT_CHARACTERS) {
      close(CloseCodes.VIOLATED_POLICY, "The client does not read its events");
      return;
    }
    socket.getAsyncRemote().sendText(text, sent -> onSent(text.length(), sent.getException()));
  }

  private void onSent(int length, @Nullable Throwable failure) {
    unsent.addAndGet(-length);
    if (failure != null && socket.isOpen()) {
      LOG.debug("An event could not be sent", failure);
      close(CloseCodes.UNEXPECTED_CONDITION, "An event could not be sent");
    }
  }

  void error(RejectedEventException rejected, @Nullable String clientEventId) {
    ObjectNode event = event("error");
    event
        .putObject("error")
        .put("type", "invalid_request_error")
        .put("code", rejected.code())
        .put("message", rejected.getMessage())
        .put("param", rejected.param())
        .put("event_id", clientEventId);
    send(event);
  }

  void close(CloseCode code, String reason) {
    try {
      socket.close(new CloseReason(code, reason));
    } catch (IOException e) {
      LOG.debug("The socket was gone before it could be closed", e);
    }
  }
}

package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.sandbox.fault.Fault;
import dev.concierge.sandbox.fault.FaultyWire;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one client. Events are sent in order and without waiting, unless a fault befalls them;
 * a client that does not read them is cut off.
 *
 * <p>Called under the session's lock.
 */
final class Wire implements FaultyWire.Line {

  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

  /** About ten minutes of speech as base64: more is not kept for a client that does not read. */
  private static final long MAX_UNSENT_CHARACTERS = 8L << 20;

  private final Session socket;
  private final SessionWatch watch;
  private final AtomicLong unsent = new AtomicLong();
  private final String eventPrefix = Ids.next("event_");
  private final FaultyWire faulty = new FaultyWire(this);
  private @Nullable Timers timers;
  private Duration stall = Duration.ZERO;
  private int events;

  Wire(Session socket, SessionWatch watch) {
    this.socket = socket;
    this.watch = watch;
  }

  /** A new event of that type, to be filled and sent. */
  static ObjectNode event(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /** From now on these faults befall it. */
  void suffer(List<Fault> faults, Timers sessionTimers) {
    timers = sessionTimers;
    faulty.add(faults);
  }

  void send(ObjectNode event) {
    if (!socket.isOpen()) {
      return;
    }
    watch.sends(event);
    faulty.send(
        event.get("type").textValue(), event.put("event_id", eventPrefix + events++).toString());
  }

  @Override
  public void send(String text) {
    if (!socket.isOpen()) {
      return;
    }
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

  @Override
  public void stall(Duration length) {
    stall = length;
  }

  /** How long nothing is to be read, from now on. */
  Duration takeStall() {
    Duration length = stall;
    stall = Duration.ZERO;
    return length;
  }

  @Override
  public void cut() {
    ((JakartaWebSocketSession) socket).getCoreSession().abort();
  }

  @Override
  public void halfClose() {
    CoreSession core = ((JakartaWebSocketSession) socket).getCoreSession();
    ((WebSocketCoreSession) core).getConnection().getEndPoint().shutdownOutput();
  }

  @Override
  public void after(Duration delay, Runnable task) {
    if (timers != null) {
      timers.after(delay, task);
    }
  }

  void close(CloseCode code, String reason) {
    try {
      socket.close(new CloseReason(code, reason));
    } catch (IOException e) {
      LOG.debug("The socket was gone before it could be closed", e);
    }
  }
}

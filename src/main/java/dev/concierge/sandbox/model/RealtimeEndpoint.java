package dev.concierge.sandbox.model;

import dev.concierge.sandbox.SandboxTime;
import dev.concierge.sandbox.fault.ModelFaults;
import dev.concierge.sandbox.voice.Voices;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's socket. Whoever asks for the old beta shape, or for no model, is told and closed.
 *
 * <p>Public because the container asks for it; {@link SandboxModel} makes it.
 */
public final class RealtimeEndpoint extends Endpoint {

  /** Under this name the handshake leaves whether the client asked for the beta shape. */
  static final String BETA = "beta";

  private static final Logger LOG = LoggerFactory.getLogger(RealtimeEndpoint.class);

  /** The vendor takes 15 MiB of audio in one event; as base64, and a little around it. */
  private static final int MAX_MESSAGE_CHARACTERS = 21 << 20;

  /** The vendor's own. */
  private static final CloseCode REFUSED = CloseReason.CloseCodes.getCloseCode(4_000);

  private final Voices voices;
  private final ScheduledExecutorService scheduler;
  private final SandboxTime time;
  private final SessionWatch watch;
  private final ModelFaults faults;
  private final AtomicInteger open;
  private @Nullable RealtimeSession session;

  /**
   * @param open counts the sockets that are open
   */
  RealtimeEndpoint(
      Voices voices,
      ScheduledExecutorService scheduler,
      SandboxTime time,
      SessionWatch watch,
      ModelFaults faults,
      AtomicInteger open) {
    this.voices = voices;
    this.scheduler = scheduler;
    this.time = time;
    this.watch = watch;
    this.faults = faults;
    this.open = open;
  }

  @Override
  public void onOpen(Session socket, EndpointConfig config) {
    open.incrementAndGet();
    socket.setMaxTextMessageBufferSize(MAX_MESSAGE_CHARACTERS);
    Wire wire = new Wire(socket, watch);
    List<String> model = socket.getRequestParameterMap().getOrDefault("model", List.of());
    if (Boolean.TRUE.equals(config.getUserProperties().get(BETA))) {
      refuse(wire, "beta_api_shape_disabled", "The beta shape of this API is gone.");
    } else if (model.isEmpty() || model.get(0).isBlank()) {
      refuse(wire, "missing_model", "You must provide a model parameter.");
    } else {
      RealtimeSession opened =
          new RealtimeSession(wire, watch, model.get(0), voices, scheduler, time, faults);
      session = opened;
      socket.addMessageHandler(new TextHandler(opened, time));
      opened.open();
    }
  }

  private static void refuse(Wire wire, String code, String message) {
    wire.error(new RejectedEventException(code, null, message), null);
    wire.close(REFUSED, "invalid_request_error." + code);
  }

  @Override
  public void onClose(Session socket, CloseReason reason) {
    open.decrementAndGet();
    RealtimeSession open = session;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void onError(Session socket, Throwable failure) {
    LOG.debug("A client's socket failed", failure);
  }

  /** A class of its own: from a lambda the container cannot tell what it takes. */
  private record TextHandler(RealtimeSession session, SandboxTime time)
      implements MessageHandler.Whole<String> {
    @Override
    public void onMessage(String message) {
      session.receive(message);
      stall(time.real(session.takeStall()));
    }

    /** The socket is not read while its thread is here. */
    private static void stall(Duration length) {
      try {
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

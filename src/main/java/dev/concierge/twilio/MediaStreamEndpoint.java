package dev.concierge.twilio;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The socket under one {@code MediaStreamSession}; there is one of each for every connection.
 * Public only because Jetty takes no endpoint that is not.
 */
public final class MediaStreamEndpoint extends Endpoint {

  /** How long a socket may be open without a {@code start}; Twilio sends it at once. */
  private static final Duration START_DEADLINE = Duration.ofSeconds(5);

  private final Function<MediaSocket, MediaStreamSession> streams;
  private final ScheduledExecutorService timer;
  private @Nullable MediaStreamSession stream;
  private @Nullable ScheduledFuture<?> startDeadline;

  MediaStreamEndpoint(
      Function<MediaSocket, MediaStreamSession> streams, ScheduledExecutorService timer) {
    this.streams = streams;
    this.timer = timer;
  }

  /**
   * Takes messages in parts, so that an endless one is dropped as it comes. Text comes as bytes,
   * see {@link TextAsBytes}.
   */
  @Override
  public void onOpen(Session session, EndpointConfig config) {
    var opened = streams.apply(new MediaSocket(session, timer));
    stream = opened;
    MessageHandler.Partial<byte[]> messages = opened::message;
    session.addMessageHandler(byte[].class, messages);
    startDeadline =
        timer.schedule(opened::startIsDue, START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    if (startDeadline != null) {
      startDeadline.cancel(false);
    }
    if (stream != null) {
      stream.closed(reason);
    }
  }

  @Override
  public void onError(Session session, Throwable failure) {
    if (stream != null) {
      stream.failed(failure);
    }
  }
}

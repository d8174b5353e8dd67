package dev.concierge.twilio;

import dev.concierge.bridge.CallerEvent.Lost;
import dev.concierge.bridge.SendWindow;
import dev.concierge.call.EndedReason;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.exception.WebSocketWriteTimeoutException;

/**
 * The way out of one media stream's socket. Never blocks: what the peer does not read waits in
 * order, and only so much of it.
 *
 * <p>One thread at a time may send; any thread may close.
 */
final class MediaSocket {

  /** More than a minute and a half of speech as base64. */
  private static final long WINDOW_BYTES = 1024 * 1024;

  /** How long a peer may take to read the goodbye and answer it. */
  private static final long CLOSE_DEADLINE_MS = 2_000;

  /**
   * Two messages of 20 ms. Jetty sets so much aside for each: its own 4 KB were most of a call's
   * garbage.
   */
  private static final int INPUT_BUFFER_BYTES = 1024;

  private final Session session;
  private final ScheduledExecutorService timer;
  private final SendWindow window = new SendWindow(WINDOW_BYTES);

  MediaSocket(Session session, ScheduledExecutorService timer) {
    this.session = session;
    this.timer = timer;
    core().setInputBufferSize(INPUT_BUFFER_BYTES);
  }

  /**
   * Sends a message.
   *
   * @param lost told, maybe later and on another thread, that the message cannot be sent
   */
  void send(String message, Consumer<Lost> lost) {
    int bytes = message.length();
    if (!window.take(bytes)) {
      lost.accept(new Lost(EndedReason.CALLER_LEG_STALLED, "it does not read what it is sent"));
      return;
    }
    session
        .getAsyncRemote()
        .sendText(
            message,
            result -> {
              window.giveBack(bytes);
              if (!result.isOK()) {
                lost.accept(lossBy(result.getException()));
              }
            });
  }

  long waitingBytes() {
    return window.waitingBytes();
  }

  /** What a socket's failure means for the conversation. */
  static Lost lossBy(Throwable failure) {
    EndedReason reason =
        failure instanceof WebSocketWriteTimeoutException
            ? EndedReason.CALLER_LEG_STALLED
            : EndedReason.CALLER_LEG_LOST;
    return new Lost(reason, failure.toString());
  }

  /**
   * Closes as the protocol wants it: what waits is sent before, and the peer answers. One that does
   * not is cut off. Not by the session's own {@code close}, which waits for the peer.
   */
  void close(CloseReason reason) {
    core().close(reason.getCloseCode().getCode(), reason.getReasonPhrase(), Callback.NOOP);
    try {
      Future<?> unused = timer.schedule(this::abort, CLOSE_DEADLINE_MS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException shutDown) {
      abort();
    }
  }

  /** Cuts the connection, for a peer that would not read a goodbye. */
  void abort() {
    core().abort();
  }

  private CoreSession core() {
    return ((JakartaWebSocketSession) session).getCoreSession();
  }
}

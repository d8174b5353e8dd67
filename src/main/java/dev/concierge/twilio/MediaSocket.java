package dev.concierge.twilio;

import dev.concierge.bridge.CallerEvent.Lost;
import dev.concierge.bridge.SendWindow;
import dev.concierge.call.EndedReason;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession;
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

  private final Session session;
  private final SendWindow window = new SendWindow(WINDOW_BYTES);

  MediaSocket(Session session) {
    this.session = session;
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

  /** Closes as the protocol wants it: what waits is sent before, and the peer answers. */
  void close(CloseReason reason) {
    try {
      session.close(reason);
    } catch (IOException e) {
      // It is gone already, which is all that was wanted.
    }
  }

  /** Cuts the connection, for a peer that would not read a goodbye. */
  void abort() {
    ((JakartaWebSocketSession) session).getCoreSession().abort();
  }
}

package dev.concierge.sandbox.carrier;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes messages to a socket one after the other: the JDK's refuses a second one before the first
 * is written.
 *
 * <p>Not thread-safe: one stream owns it.
 */
final class SocketSender {

  /** 30 s of frames. */
  private static final int CAPACITY = 1_500;

  private final WebSocket socket;
  private final AtomicInteger waiting = new AtomicInteger();
  private CompletableFuture<WebSocket> last;

  SocketSender(WebSocket socket) {
    this.socket = socket;
    this.last = CompletableFuture.completedFuture(socket);
  }

  /**
   * Sends a text message when all before it are written.
   *
   * @return {@code false} if the peer does not read and too many wait; it is not sent
   */
  boolean send(String text) {
    if (waiting.incrementAndGet() > CAPACITY) {
      waiting.decrementAndGet();
      return false;
    }
    last =
        last.thenCompose(sent -> socket.sendText(text, true))
            .whenComplete((sent, failure) -> waiting.decrementAndGet());
    return true;
  }

  /** Says goodbye when all messages are written. */
  void close(int code, String reason) {
    last = last.thenCompose(sent -> socket.sendClose(code, reason));
  }

  /** Takes the next message of the peer. */
  void readOn() {
    socket.request(1);
  }

  void abort() {
    socket.abort();
  }
}

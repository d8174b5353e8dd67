package dev.concierge.realtime;

import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open socket to the service.
 *
 * <p>Text goes past Tyrus, straight to its writer: Tyrus checks and copies a message several times
 * on its way, and takes three locks ({@code docs/performance.md} has what that costs).
 *
 * <p>Safe for use by many threads; nothing here blocks.
 */
final class RealtimeSocket {

  private static final Logger LOG = LoggerFactory.getLogger(RealtimeSocket.class);

  private final Session session;
  private final Writer writer;
  private final MaskingKeys keys;

  /**
   * @param writer the session's
   */
  RealtimeSocket(Session session, Writer writer, MaskingKeys keys) {
    this.session = session;
    this.writer = writer;
    this.keys = keys;
  }

  /**
   * Sends a message, after those that were given before. The socket queues without limit.
   *
   * @param text its parts, UTF-8
   * @param done is told once, by any thread, perhaps before this returns: {@code null} if it was
   *     written, or why it was not
   */
  void send(byte[][] text, Consumer<@Nullable Throwable> done) {
    if (!session.isOpen()) {
      done.accept(new IOException("the socket was closed"));
      return;
    }
    writer.write(MaskedText.frame(keys.nextInt(), text), new Told(done));
  }

  /**
   * Asks for a sign of life.
   *
   * @return {@code false} if it could not be asked for
   */
  boolean ping() {
    try {
      session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
      return true;
    } catch (IOException | RuntimeException closed) {
      // Tyrus says that a socket is closed by any of these.
      return false;
    }
  }

  /** Closes it, if it is open. */
  void close() {
    if (!session.isOpen()) {
      return;
    }
    try {
      session.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("The model's socket was closed already", e);
    }
  }

  private static final class Told extends CompletionHandler<ByteBuffer> {

    private final Consumer<@Nullable Throwable> done;

    Told(Consumer<@Nullable Throwable> done) {
      this.done = done;
    }

    @Override
    public void completed(ByteBuffer frame) {
      done.accept(null);
    }

    @Override
    public void failed(Throwable fault) {
      done.accept(fault);
    }
  }
}

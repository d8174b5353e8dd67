package dev.concierge.realtime;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.glassfish.tyrus.core.HandshakeException;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.jspecify.annotations.Nullable;

/**
 * The first use of a connection: sends one request and gives the head of its answer to another,
 * which may upgrade the connection or close it. Then, what follows the head is the next one's.
 *
 * <p>Jetty calls it on its workers, one call at a time: TLS is set up with it, which takes a while.
 * An answer that is not whole in time, however steadily it comes, ends the connection.
 */
final class HttpExchange extends AbstractConnection implements Connection.UpgradeFrom {

  /** What becomes of the connection. */
  interface Next {
    void answered(UpgradeResponse answer) throws IOException, HandshakeException;
  }

  private static final int INPUT_BYTES = 4 * 1024;

  private final ByteBuffer request;
  private final Next next;
  private final Consumer<Throwable> failed;
  private final Scheduler.Task deadline;
  private final AtomicBoolean over = new AtomicBoolean();
  private final HttpHead head = new HttpHead();
  private final ByteBuffer input = BufferUtil.allocate(INPUT_BYTES);

  /**
   * @param connector its idle timeout is also how long the whole answer may take
   * @param failed is told why there is no answer, or why it was not taken; the connection is closed
   */
  HttpExchange(
      EndPoint endPoint,
      ClientConnector connector,
      ByteBuffer request,
      Next next,
      Consumer<Throwable> failed) {
    super(endPoint, connector.getExecutor());
    this.request = request;
    this.next = next;
    this.failed = failed;
    long timeoutMs = connector.getIdleTimeout().toMillis();
    deadline = connector.getScheduler().schedule(this::late, timeoutMs, TimeUnit.MILLISECONDS);
  }

  @Override
  public void onOpen() {
    super.onOpen();
    getEndPoint().write(Callback.from(this::fillInterested, this::fail), request);
  }

  @Override
  public void onFillable() {
    try {
      UpgradeResponse answer = readAnswer();
      if (answer == null) {
        fillInterested();
      } else if (end()) {
        next.answered(answer);
      }
    } catch (Throwable fault) {
      // Whatever it is: nobody would read from here again.
      fail(fault);
    }
  }

  /**
   * @return {@code null} if more of it must come
   */
  private @Nullable UpgradeResponse readAnswer() throws IOException {
    while (true) {
      BufferUtil.clear(input);
      int filled = getEndPoint().fill(input);
      if (filled < 0) {
        throw new EOFException("the connection ended before the answer");
      }
      UpgradeResponse answer = filled == 0 ? null : head.read(input);
      if (filled == 0 || answer != null) {
        return answer;
      }
    }
  }

  @Override
  public void onFillInterestedFailed(Throwable cause) {
    fail(cause);
  }

  private void late() {
    if (end()) {
      fail(new TimeoutException("no answer in time"));
    }
  }

  /**
   * @return whether it was not over before
   */
  private boolean end() {
    deadline.cancel();
    return over.compareAndSet(false, true);
  }

  private void fail(Throwable fault) {
    end();
    getEndPoint().close();
    failed.accept(fault);
  }

  @Override
  public ByteBuffer onUpgradeFrom() {
    return input;
  }
}

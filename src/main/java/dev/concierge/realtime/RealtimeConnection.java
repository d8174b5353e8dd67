package dev.concierge.realtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.glassfish.tyrus.core.CloseReasons;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection under one of Tyrus's sockets: gives Tyrus what comes.
 *
 * <p>Jetty calls it on the thread that found something to read, which reads for others, too:
 * nothing that Tyrus does with it may block. It may be closed by any thread.
 */
final class RealtimeConnection extends AbstractConnection.NonBlocking
    implements Connection.UpgradeTo {

  private static final Logger LOG = LoggerFactory.getLogger(RealtimeConnection.class);

  /** Room for a few of the model's events. */
  private static final int INPUT_BYTES = 16 * 1024;

  private final ByteBufferPool buffers;
  // It is to be called by one thread at a time: guarded by this object's lock.
  private final org.glassfish.tyrus.spi.Connection socket;

  RealtimeConnection(
      EndPoint endPoint,
      Executor executor,
      ByteBufferPool buffers,
      org.glassfish.tyrus.spi.Connection socket) {
    super(endPoint, executor);
    // More over TLS: there Jetty raises it to what a record may hold.
    setInputBufferSize(INPUT_BYTES);
    this.buffers = buffers;
    this.socket = socket;
  }

  @Override
  public void onUpgradeTo(ByteBuffer early) {
    take(early);
  }

  @Override
  public void onOpen() {
    super.onOpen();
    fillInterested();
  }

  @Override
  public void onFillable() {
    RetainableByteBuffer held = buffers.acquire(getInputBufferSize(), false);
    try {
      readAll(held.getByteBuffer());
    } catch (IOException broken) {
      LOG.warn("A socket of the model broke: {}", broken.toString());
      getEndPoint().close(broken);
    } catch (Throwable fault) {
      // Whatever it is: nobody would read from here again.
      LOG.error("A socket of the model cannot be read", fault);
      getEndPoint().close(fault);
    } finally {
      held.release();
    }
  }

  private void readAll(ByteBuffer input) throws IOException {
    // A plain socket that leaves room has no more; TLS gives a record at a time.
    boolean untilEmpty = getEndPoint().isSecure();
    boolean more = true;
    while (more) {
      BufferUtil.clear(input);
      int filled = getEndPoint().fill(input);
      if (filled < 0) {
        getEndPoint().close();
        return;
      }
      more = filled > 0 && (untilEmpty || BufferUtil.space(input) == 0);
      take(input);
    }
    fillInterested();
  }

  private synchronized void take(ByteBuffer input) {
    if (input.hasRemaining()) {
      socket.getReadHandler().handle(input);
    }
  }

  @Override
  public void onFillInterestedFailed(Throwable cause) {
    getEndPoint().close(cause);
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    synchronized (this) {
      socket.close(CloseReasons.CLOSED_ABNORMALLY.getCloseReason());
    }
  }
}

package dev.concierge.realtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to a connection in the order in which they were given. What waits while the far end
 * takes nothing is written in one go when it does.
 *
 * <p>Safe for use by many threads; nothing blocks. It queues without limit.
 */
final class FrameWriter extends Writer {

  /** How long the far end may take for the last frames. */
  private static final int CLOSE_TIMEOUT_SECONDS = 5;

  private record Frame(ByteBuffer bytes, @Nullable CompletionHandler<ByteBuffer> told) {

    void written() {
      if (told != null) {
        told.completed(bytes);
      }
    }

    void failed(Throwable fault) {
      if (told != null) {
        told.failed(fault);
      }
    }
  }

  private final EndPoint endPoint;
  private final Scheduler scheduler;
  private final Flusher flusher = new Flusher();
  // Guarded by this object's lock.
  private final Queue<Frame> waiting = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param scheduler sees to it that closing comes to an end
   */
  FrameWriter(EndPoint endPoint, Scheduler scheduler) {
    this.endPoint = endPoint;
    this.scheduler = scheduler;
  }

  @Override
  public void write(ByteBuffer bytes, @Nullable CompletionHandler<ByteBuffer> told) {
    Frame frame = new Frame(bytes, told);
    boolean taken;
    synchronized (this) {
      taken = !closed && waiting.add(frame);
    }
    if (taken) {
      flusher.iterate();
    } else {
      frame.failed(new IOException("the connection is closed"));
    }
  }

  /** Ends the connection when all that was given has been written, or in 5 seconds. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    flusher.iterate();
    if (endPoint.isOpen()) {
      scheduler.schedule(endPoint::close, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private final class Flusher extends IteratingCallback {

    // Used by one thread at a time: whoever iterates.
    private final List<Frame> writing = new ArrayList<>();

    @Override
    protected Action process() {
      ByteBuffer[] all;
      boolean last;
      synchronized (FrameWriter.this) {
        all = takeAll();
        last = closed;
      }
      if (all.length > 0) {
        endPoint.write(this, all);
        return Action.SCHEDULED;
      }
      return last ? Action.SUCCEEDED : Action.IDLE;
    }

    private ByteBuffer[] takeAll() {
      ByteBuffer[] all = new ByteBuffer[waiting.size()];
      for (int i = 0; i < all.length; i++) {
        Frame frame = waiting.remove();
        writing.add(frame);
        all[i] = frame.bytes();
      }
      return all;
    }

    @Override
    protected void onSuccess() {
      writing.forEach(Frame::written);
      writing.clear();
    }

    @Override
    protected void onCompleteSuccess() {
      endPoint.close();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
      synchronized (FrameWriter.this) {
        closed = true;
        writing.addAll(waiting);
        waiting.clear();
      }
      writing.forEach(frame -> frame.failed(cause));
      writing.clear();
      endPoint.close();
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}

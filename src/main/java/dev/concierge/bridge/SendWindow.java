package dev.concierge.bridge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what was handed to a socket and is not written yet, so that a peer which stopped reading
 * cannot make us queue without end: both WebSocket libraries would.
 *
 * <p>Safe for use by many threads.
 */
public final class SendWindow {

  private final long limitBytes;
  private final AtomicLong waitingBytes = new AtomicLong();

  /**
   * @param limitBytes how much may wait before the peer counts as stalled
   */
  public SendWindow(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Takes room for a message; {@code false} if there is none and it must not be sent. */
  public boolean take(int bytes) {
    if (waitingBytes.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    waitingBytes.addAndGet(-bytes);
    return false;
  }

  /** Gives back the room of a message that was written, or failed. */
  public void giveBack(int bytes) {
    waitingBytes.addAndGet(-bytes);
  }

  public long waitingBytes() {
    return waitingBytes.get();
  }
}

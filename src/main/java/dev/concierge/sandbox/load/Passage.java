package dev.concierge.sandbox.load;

import com.codahale.metrics.Histogram;
import java.util.ArrayDeque;

/**
 * One direction of one call: how long audio takes from the wire it was sent on to the other. Every
 * byte comes out once and in order, so the count of bytes tells which is which, however they were
 * cut anew on the way.
 *
 * <p>What is measured is how long ago the last byte of a message was sent when the message comes:
 * waiting for a chunk to fill does not count. Not thread-safe.
 */
final class Passage {

  private final Histogram micros;
  private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
  private long sentBytes;
  private long receivedBytes;
  private long firstReceivedNanos = Long.MAX_VALUE;

  /**
   * @param micros takes how long each message took, in microseconds
   */
  Passage(Histogram micros) {
    this.micros = micros;
  }

  private record Sent(long endByte, long nanos) {}

  void sent(int bytes, long nanos) {
    sentBytes += bytes;
    underWay.add(new Sent(sentBytes, nanos));
  }

  void received(int bytes, long nanos) {
    firstReceivedNanos = Math.min(firstReceivedNanos, nanos);
    receivedBytes += bytes;
    while (!underWay.isEmpty() && underWay.element().endByte() < receivedBytes) {
      underWay.remove();
    }
    Sent last = underWay.peek();
    // What was sent before had to wait for the other side to be there at all.
    if (last != null && last.nanos() >= firstReceivedNanos) {
      micros.update((nanos - last.nanos()) / 1_000);
    }
  }

  /** What is under way will not come. */
  void drop() {
    underWay.clear();
    receivedBytes = sentBytes;
  }

  boolean hasBegun() {
    return receivedBytes > 0;
  }
}

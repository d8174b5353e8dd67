package dev.concierge.twilio;

import java.time.Clock;

/**
 * Counts messages by the second and says when there are more than a well-meaning peer sends.
 *
 * <p>Not thread-safe: one socket owns it.
 */
final class FloodGuard {

  private final int limitPerSecond;
  private final Clock clock;
  private long second;
  private int seen;

  FloodGuard(int limitPerSecond, Clock clock) {
    this.limitPerSecond = limitPerSecond;
    this.clock = clock;
  }

  /** Counts one more; {@code false} if it is one too many in this second of the clock. */
  boolean admit() {
    long now = Math.floorDiv(clock.millis(), 1000L);
    if (now != second) {
      second = now;
      seen = 0;
    }
    seen++;
    return seen <= limitPerSecond;
  }
}

package dev.concierge;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that starts at the wall clock's time and never jumps, whoever sets the wall clock: what
 * one conversation reckons its timers and its playback by.
 */
final class MonotonicClock extends Clock {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Instant start;
  private final LongSupplier nanos;
  private final long startNanos;
  private final long startMillis;

  MonotonicClock() {
    this(Clock.systemUTC(), System::nanoTime);
  }

  /**
   * @param wall is asked once
   * @param nanos never goes back and knows no date
   */
  MonotonicClock(Clock wall, LongSupplier nanos) {
    this.start = wall.instant();
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    this.startMillis = start.toEpochMilli();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }

  /** Without an {@link Instant} in between: it is asked with each frame of audio. */
  @Override
  public long millis() {
    return startMillis + (nanos.getAsLong() - startNanos) / NANOS_PER_MILLI;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("an instant is all a conversation needs");
  }
}

package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {

  private static final Instant START = Instant.parse("2026-11-21T12:00:00.123Z");

  private final SettableClock wall = new SettableClock(START);
  private final AtomicLong nanos = new AtomicLong(-5);
  private final MonotonicClock clock = new MonotonicClock(wall, nanos::get);

  @Test
  void whoeverSetsTheWallClockItGoesOn() {
    wall.advance(Duration.ofHours(-3));
    nanos.addAndGet(20_999_999);
    assertThat(clock.millis()).isEqualTo(START.toEpochMilli() + 20);
    wall.advance(Duration.ofDays(1));
    nanos.addAndGet(1);
    assertThat(clock.instant()).isEqualTo(START.plusMillis(21));
    assertThat(clock.millis()).isEqualTo(clock.instant().toEpochMilli());
  }
}

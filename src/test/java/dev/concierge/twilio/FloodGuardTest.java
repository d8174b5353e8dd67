package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FloodGuardTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
  private final InstantSource source = now::get;
  private final Clock clock = source.withZone(ZoneOffset.UTC);

  @Test
  void eachSecondHasItsOwnLimit() {
    var guard = new FloodGuard(2, clock);

    assertThat(guard.admit()).isTrue();
    assertThat(guard.admit()).isTrue();
    assertThat(guard.admit()).isFalse();
    now.updateAndGet(instant -> instant.plusSeconds(1));
    assertThat(guard.admit()).isTrue();
  }
}

package dev.concierge.resources;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Lets so many requests a second through: as many at once as it holds tokens, which come back
 * evenly. Safe for use by many threads.
 */
final class TokenBucket {

  private final int perSecond;
  private final Clock clock;
  private double tokens;
  private Instant filledAt;

  /**
   * @param perSecond how many tokens come back in a second, and how many there are at most
   */
  TokenBucket(int perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.tokens = perSecond;
    this.filledAt = clock.instant();
  }

  /**
   * Takes a token.
   *
   * @return zero if there was one; else how long it is until there will be
   */
  synchronized Duration take() {
    fill(clock.instant());
    if (tokens >= 1) {
      tokens--;
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil((1 - tokens) * 1e9 / perSecond));
  }

  /** A clock that was set back brings none, and takes none away. */
  private void fill(Instant now) {
    Duration passed = Duration.between(filledAt, now);
    if (!passed.isNegative()) {
      tokens = Math.min(perSecond, tokens + passed.toNanos() * perSecond / 1e9);
    }
    filledAt = now;
  }
}

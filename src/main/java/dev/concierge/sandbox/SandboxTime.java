package dev.concierge.sandbox;

import java.time.Duration;

/**
 * The sandbox's clock, which may run faster than real time so that a call of a minute is tested in
 * seconds. Everything in the sandbox that waits, rings or plays goes by it.
 *
 * <p>Immutable; safe for all threads.
 */
public final class SandboxTime {

  private static final double NANOS_PER_MS = 1_000_000;

  private final double speed;
  private final long startNanos = System.nanoTime();

  /**
   * @param speed sandbox seconds per real second, above 0; 1 is real time
   */
  public SandboxTime(double speed) {
    if (!(speed > 0 && Double.isFinite(speed))) {
      throw new IllegalArgumentException("speed is not above 0");
    }
    this.speed = speed;
  }

  /** Milliseconds of sandbox time since this clock was made. */
  public long nowMs() {
    return (long) ((System.nanoTime() - startNanos) * speed / NANOS_PER_MS);
  }

  /** How long that much sandbox time takes in reality: what to give to a scheduler. */
  public Duration real(Duration sandbox) {
    return Duration.ofNanos((long) (sandbox.toNanos() / speed));
  }
}

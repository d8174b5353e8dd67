package dev.concierge.bridge;

import java.time.Duration;
import java.util.Objects;

/**
 * How patient a conversation is.
 *
 * @param chunk how much of the callee's audio is given to the model at a time
 * @param listenFirst how long the agent waits for the callee's greeting before it opens; a callee
 *     who says "hello" meanwhile is answered, and the agent does not open twice
 * @param minimumSpeech how long the callee must speak before the agent is interrupted, measured
 *     from when the model's service tells of the speech; zero for at once
 * @param silence how long nobody may speak before the agent asks if they are still there
 * @param maxDuration the longest a conversation may take; well below the hour that the model's
 *     vendor allows a session
 */
public record BridgeSettings(
    Duration chunk,
    Duration listenFirst,
    Duration minimumSpeech,
    Duration silence,
    Duration maxDuration) {

  /** Origin of the 50 ms: 400 bytes, as the founding documents ask. */
  public static final BridgeSettings DEFAULT =
      new BridgeSettings(
          Duration.ofMillis(50),
          Duration.ofMillis(1_500),
          Duration.ZERO,
          Duration.ofSeconds(12),
          Duration.ofMinutes(10));

  public BridgeSettings {
    Objects.requireNonNull(chunk, "chunk is null");
    Objects.requireNonNull(listenFirst, "listenFirst is null");
    Objects.requireNonNull(minimumSpeech, "minimumSpeech is null");
    Objects.requireNonNull(silence, "silence is null");
    Objects.requireNonNull(maxDuration, "maxDuration is null");
  }

  /**
   * Whether the model's service interrupts the agent and answers the callee by itself. It knows no
   * minimum of speech: with one, the bridge decides when either is done.
   */
  public boolean serviceTakesTurns() {
    return minimumSpeech.isZero();
  }
}

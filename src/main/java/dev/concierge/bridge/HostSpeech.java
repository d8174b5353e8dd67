package dev.concierge.bridge;

import java.time.Duration;

/**
 * Decides when the callee's speech takes the turn. At once if the agent is silent; while it speaks,
 * when the speech has lasted for the minimum, so that a cough does not interrupt.
 */
final class HostSpeech {

  private final Duration minimum;
  private final Deadline lasted = new Deadline();
  private boolean speaking;
  private boolean hasTurn;

  HostSpeech(Duration minimum) {
    this.minimum = minimum;
  }

  /**
   * The callee began to speak.
   *
   * @param agentSpeaks whether there is anything to interrupt
   * @return whether the callee has the turn by it
   */
  boolean began(boolean agentSpeaks, long nowMs) {
    speaking = true;
    hasTurn |= !agentSpeaks || minimum.isZero();
    if (!hasTurn) {
      lasted.set(nowMs + minimum.toMillis());
    }
    return hasTurn;
  }

  /** Whether the speech has just lasted long enough to take the turn. */
  boolean takesTurn(long nowMs) {
    boolean takes = lasted.takeIfDue(nowMs);
    hasTurn |= takes;
    return takes;
  }

  /** The callee stopped. Whether the speech did not have the turn. */
  boolean endedWithoutTurn() {
    boolean without = speaking && !hasTurn;
    speaking = false;
    hasTurn = false;
    lasted.clear();
    return without;
  }

  /** Whether the callee is speaking over the agent, and it is not yet known if it is for long. */
  boolean isUndecided() {
    return lasted.isSet();
  }

  /** When {@link #takesTurn} wants to be asked. */
  long deadlineMs() {
    return lasted.atMs();
  }
}

package dev.concierge.bridge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the callee's speech takes the turn. At once if the agent is silent; while it speaks,
 * when the speech has lasted for the minimum, so that a cough does not interrupt.
 */
final class HostSpeech {

  private final Duration minimum;
  private final Deadline lasted = new Deadline();
  private boolean speaking;
  private boolean hasTurn;
  private @Nullable String begunItemId;
  private @Nullable String endedItemId;

  HostSpeech(Duration minimum) {
    this.minimum = minimum;
  }

  /** Whether that speech is known to have begun: what is told twice has one effect. */
  boolean hasBegun(String itemId) {
    return itemId.equals(begunItemId);
  }

  /** Whether that speech is known to have ended. */
  boolean hasEnded(String itemId) {
    return itemId.equals(endedItemId);
  }

  /**
   * The callee began to speak.
   *
   * @param itemId the speech; one that has ended already takes no turn any more
   * @param agentSpeaks whether there is anything to interrupt
   * @return whether the callee has the turn by it
   */
  boolean began(String itemId, boolean agentSpeaks, long nowMs) {
    begunItemId = itemId;
    if (hasEnded(itemId)) {
      return false;
    }
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
  boolean endedWithoutTurn(String itemId) {
    endedItemId = itemId;
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

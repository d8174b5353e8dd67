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
  private @Nullable Moment begun;
  private @Nullable Moment ended;

  /** Where in an item a speech begins or ends; an item may have more than one speech. */
  private record Moment(String itemId, long audioMs) {

    boolean isNotBefore(Moment other) {
      return itemId.equals(other.itemId) && audioMs >= other.audioMs;
    }
  }

  HostSpeech(Duration minimum) {
    this.minimum = minimum;
  }

  /** Whether that speech is known to have begun: what is told twice has one effect. */
  boolean hasBegun(String itemId, long startMs) {
    return new Moment(itemId, startMs).equals(begun);
  }

  /** Whether that speech is known to have ended. */
  boolean hasEnded(String itemId, long endMs) {
    return new Moment(itemId, endMs).equals(ended);
  }

  /**
   * The callee began to speak.
   *
   * @param itemId the speech's item; a speech that has ended already takes no turn any more
   * @param startMs where it begins, by the count of the model's service
   * @param agentSpeaks whether there is anything to interrupt
   * @return whether the callee has the turn by it
   */
  boolean began(String itemId, long startMs, boolean agentSpeaks, long nowMs) {
    Moment start = new Moment(itemId, startMs);
    begun = start;
    if (ended != null && ended.isNotBefore(start)) {
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
  boolean endedWithoutTurn(String itemId, long endMs) {
    ended = new Moment(itemId, endMs);
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

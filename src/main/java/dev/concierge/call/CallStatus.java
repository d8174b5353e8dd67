package dev.concierge.call;

import java.util.Optional;

/**
 * Where a call stands: Twilio's words unchanged, and ours for the time before Twilio knows of it.
 *
 * <p>A status only moves forward, and a terminal one is final: callbacks may come late, twice and
 * out of order without doing harm.
 */
public enum CallStatus {
  /** Accepted, to be dialled later. */
  SCHEDULED("scheduled", 0),
  /** Written down; the carrier is being asked. */
  SUBMITTING("submitting", 1),
  /** The carrier was asked and its answer never came: the phone may or may not ring. */
  SUBMISSION_UNKNOWN("submission-unknown", 2),
  /** Accepted by the carrier; nothing rings yet. */
  QUEUED("queued", 3),
  INITIATED("initiated", 4),
  RINGING("ringing", 5),
  /** Somebody, or something, picked up. */
  IN_PROGRESS("in-progress", 6),
  COMPLETED("completed", 7),
  BUSY("busy", 7),
  FAILED("failed", 7),
  NO_ANSWER("no-answer", 7),
  CANCELED("canceled", 7);

  private static final int TERMINAL = 7;

  private final String word;
  private final int rank;

  CallStatus(String word, int rank) {
    this.word = word;
    this.rank = rank;
  }

  /** The word on the wire and in the API. */
  public String word() {
    return word;
  }

  /** The status with that word on the wire; empty for a word we do not know. */
  public static Optional<CallStatus> ofWord(String word) {
    for (CallStatus status : values()) {
      if (status.word.equals(word)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  public boolean isTerminal() {
    return rank == TERMINAL;
  }

  /** Whether a call in this status may take the other one: forward only, and never past the end. */
  public boolean canBecome(CallStatus next) {
    return next.rank > rank;
  }
}

package dev.concierge.call;

import java.util.Optional;

/** Why a call ended, and whose doing it was. */
public enum EndedReason {
  /** The agent said goodbye and closed the line. */
  AGENT_SAID_GOODBYE(Party.US, Weight.CONVERSATION),
  /** Nobody spoke for too long. */
  SILENCE(Party.CALLEE, Weight.CONVERSATION),
  /** The call reached the longest time a call may take. */
  MAX_DURATION(Party.US, Weight.CONVERSATION),
  CALLEE_HUNG_UP(Party.CALLEE, Weight.CONVERSATION),
  /** A client of the API asked for the end. */
  CLIENT_HUNG_UP(Party.CLIENT, Weight.DEMAND),
  /** The carrier judged that a machine had picked up, and we hung up. */
  MACHINE_ANSWERED(Party.CALLEE, Weight.DEMAND),
  CALLEE_BUSY(Party.CALLEE, Weight.STATUS),
  CALLEE_NO_ANSWER(Party.CALLEE, Weight.STATUS),
  /** The carrier could not reach the number. */
  CARRIER_FAILED(Party.CARRIER, Weight.STATUS),
  /** The carrier canceled the call before it was answered, and nobody here asked for that. */
  CARRIER_CANCELED(Party.CARRIER, Weight.STATUS),
  /** The call ended at the carrier and no conversation ever reached us. */
  NO_CONVERSATION(Party.CARRIER, Weight.STATUS),
  /** The carrier refused to place the call. */
  CARRIER_REFUSED(Party.CARRIER, Weight.STATUS),
  /** The carrier could not be reached at all: it never heard of the call. */
  CARRIER_UNREACHABLE(Party.CARRIER, Weight.STATUS),
  /** The carrier asked us to slow down and the call was not placed. */
  CARRIER_RATE_LIMITED(Party.CARRIER, Weight.STATUS),
  /** The carrier was asked, never answered, and knows of no call that is certainly this one. */
  SUBMISSION_LOST(Party.CARRIER, Weight.STATUS),
  /** The carrier no longer knows a call that it had accepted. */
  CARRIER_FORGOT(Party.CARRIER, Weight.STATUS),
  /** The carrier's media socket broke without a stop. */
  CALLER_LEG_LOST(Party.CARRIER, Weight.CONVERSATION),
  /** The carrier's media socket stopped taking audio. */
  CALLER_LEG_STALLED(Party.CARRIER, Weight.CONVERSATION),
  /** The model's service could not be reached or did not get ready in time. */
  MODEL_UNREACHABLE(Party.MODEL_VENDOR, Weight.CONVERSATION),
  /** The model's service refused us: key, model name or rights. */
  MODEL_REFUSED(Party.MODEL_VENDOR, Weight.CONVERSATION),
  MODEL_RATE_LIMITED(Party.MODEL_VENDOR, Weight.CONVERSATION),
  /** The model's socket broke during the conversation. */
  MODEL_LOST(Party.MODEL_VENDOR, Weight.CONVERSATION),
  /** The model did not say a word when it was its turn. */
  MODEL_SILENT(Party.MODEL_VENDOR, Weight.CONVERSATION),
  /** The model's responses failed, again and again. */
  MODEL_FAILED(Party.MODEL_VENDOR, Weight.CONVERSATION),
  /** The model's socket stopped taking audio. */
  MODEL_STALLED(Party.MODEL_VENDOR, Weight.CONVERSATION),
  /** The model's service did not take the audio format or the settings it was asked for. */
  MODEL_MISCONFIGURED(Party.MODEL_VENDOR, Weight.CONVERSATION),
  /** More came in than one conversation can take. */
  OVERLOADED(Party.US, Weight.CONVERSATION),
  /** The process that held the conversation went away, or so it seems: nothing was heard of it. */
  BRIDGE_LOST(Party.US, Weight.STATUS),
  /** The service was shut down during the call. */
  SHUT_DOWN(Party.US, Weight.CONVERSATION),
  /** A fault of ours; the log has the story. */
  INTERNAL_ERROR(Party.US, Weight.CONVERSATION);

  /** Whose doing an end was. */
  public enum Party {
    CALLEE,
    US,
    CARRIER,
    MODEL_VENDOR,
    CLIENT
  }

  /** How much a reason tells: what was asked for beats what was seen on the line beats a status. */
  private enum Weight {
    STATUS,
    CONVERSATION,
    DEMAND
  }

  private final Party party;
  private final Weight weight;

  EndedReason(Party party, Weight weight) {
    this.party = party;
    this.weight = weight;
  }

  public Party party() {
    return party;
  }

  /** Whether this reason tells more than the other and should replace it. */
  public boolean outweighs(EndedReason other) {
    return weight.compareTo(other.weight) > 0;
  }

  /** What a terminal status alone says about why the call ended; empty for any other status. */
  public static Optional<EndedReason> ofStatus(CallStatus status) {
    return switch (status) {
      case BUSY -> Optional.of(CALLEE_BUSY);
      case NO_ANSWER -> Optional.of(CALLEE_NO_ANSWER);
      case FAILED -> Optional.of(CARRIER_FAILED);
      case CANCELED -> Optional.of(CARRIER_CANCELED);
      case COMPLETED -> Optional.of(NO_CONVERSATION);
      case SCHEDULED, SUBMITTING, SUBMISSION_UNKNOWN, QUEUED, INITIATED, RINGING, IN_PROGRESS ->
          Optional.empty();
    };
  }
}

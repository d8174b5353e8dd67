package dev.concierge.call;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a call ended, whose doing it was, and whether asking again may end otherwise. */
public enum EndedReason {
  /** The agent said goodbye and closed the line. */
  AGENT_SAID_GOODBYE(Party.US, Weight.CONVERSATION, Retry.NO),
  /** Nobody spoke for too long. */
  SILENCE(Party.CALLEE, Weight.CONVERSATION, Retry.YES),
  /** The call reached the longest time a call may take. */
  MAX_DURATION(Party.US, Weight.CONVERSATION, Retry.NO),
  CALLEE_HUNG_UP(Party.CALLEE, Weight.CONVERSATION, Retry.YES),
  /** A client of the API asked for the end. */
  CLIENT_HUNG_UP(Party.CLIENT, Weight.DEMAND, Retry.NO),
  /** The carrier judged that a machine had picked up, and we hung up. */
  MACHINE_ANSWERED(Party.CALLEE, Weight.DEMAND, Retry.YES),
  CALLEE_BUSY(Party.CALLEE, Weight.STATUS, Retry.YES),
  CALLEE_NO_ANSWER(Party.CALLEE, Weight.STATUS, Retry.YES),
  /** The telephone is switched off or out of reach. */
  CALLEE_UNAVAILABLE(Party.CALLEE, Weight.STATUS, Retry.YES),
  /** The callee declined the call, or does not take calls from our number. */
  CALLEE_REJECTED(Party.CALLEE, Weight.STATUS, Retry.NO),
  /** There is no such number, or it cannot be called from where we are. */
  NUMBER_INVALID(Party.CLIENT, Weight.STATUS, Retry.NO),
  /** Our account with the carrier may not call that country or number. */
  NUMBER_NOT_ALLOWED(Party.US, Weight.STATUS, Retry.NO),
  /** The carrier could not reach the number. */
  CARRIER_FAILED(Party.CARRIER, Weight.STATUS, Retry.YES),
  /** A network on the way does not let the call through. */
  CARRIER_BARRED(Party.CARRIER, Weight.STATUS, Retry.NO),
  /** The carrier canceled the call before it was answered, and nobody here asked for that. */
  CARRIER_CANCELED(Party.CARRIER, Weight.STATUS, Retry.YES),
  /** The call ended at the carrier and no conversation ever reached us. */
  NO_CONVERSATION(Party.CARRIER, Weight.STATUS, Retry.YES),
  /** The carrier refused to place the call. */
  CARRIER_REFUSED(Party.CARRIER, Weight.STATUS, Retry.NO),
  /** The carrier does not take our credentials, or our own number. */
  CARRIER_MISCONFIGURED(Party.US, Weight.STATUS, Retry.NO),
  /** The carrier could not be reached at all: it never heard of the call. */
  CARRIER_UNREACHABLE(Party.CARRIER, Weight.STATUS, Retry.YES),
  /** The carrier asked us to slow down and the call was not placed. */
  CARRIER_RATE_LIMITED(Party.CARRIER, Weight.STATUS, Retry.YES),
  /**
   * The carrier was asked, never answered, and knows of no call that is certainly this one: the
   * phone may have rung.
   */
  SUBMISSION_LOST(Party.CARRIER, Weight.STATUS, Retry.NO),
  /** The carrier no longer knows a call that it had accepted. */
  CARRIER_FORGOT(Party.CARRIER, Weight.SILENCE, Retry.YES),
  /** The carrier's media socket broke without a stop. */
  CALLER_LEG_LOST(Party.CARRIER, Weight.CONVERSATION, Retry.YES),
  /** The carrier's media socket stopped taking audio. */
  CALLER_LEG_STALLED(Party.CARRIER, Weight.CONVERSATION, Retry.YES),
  /** The model's service could not be reached or did not get ready in time. */
  MODEL_UNREACHABLE(Party.MODEL_VENDOR, Weight.CONVERSATION, Retry.YES),
  /** The model's service refused us: key, model name or rights. */
  MODEL_REFUSED(Party.MODEL_VENDOR, Weight.CONVERSATION, Retry.NO),
  MODEL_RATE_LIMITED(Party.MODEL_VENDOR, Weight.CONVERSATION, Retry.YES),
  /** The model's socket broke during the conversation. */
  MODEL_LOST(Party.MODEL_VENDOR, Weight.CONVERSATION, Retry.YES),
  /** The model did not say a word when it was its turn. */
  MODEL_SILENT(Party.MODEL_VENDOR, Weight.CONVERSATION, Retry.YES),
  /** The model's responses failed, again and again. */
  MODEL_FAILED(Party.MODEL_VENDOR, Weight.CONVERSATION, Retry.YES),
  /** The model's socket stopped taking audio. */
  MODEL_STALLED(Party.MODEL_VENDOR, Weight.CONVERSATION, Retry.YES),
  /** The model's service did not take the audio format or the settings it was asked for. */
  MODEL_MISCONFIGURED(Party.MODEL_VENDOR, Weight.CONVERSATION, Retry.NO),
  /** More came in than one conversation can take. */
  OVERLOADED(Party.US, Weight.CONVERSATION, Retry.YES),
  /** The process that held the conversation went away, or so it seems: nothing was heard of it. */
  BRIDGE_LOST(Party.US, Weight.SILENCE, Retry.YES),
  /** The service was shut down during the call. */
  SHUT_DOWN(Party.US, Weight.CONVERSATION, Retry.YES),
  /** A fault of ours; the log has the story. */
  INTERNAL_ERROR(Party.US, Weight.CONVERSATION, Retry.YES);

  /** Whose doing an end was. */
  public enum Party {
    CALLEE,
    US,
    CARRIER,
    MODEL_VENDOR,
    CLIENT
  }

  /**
   * How much a reason tells: what was asked for beats what was seen on the line, which beats what
   * we make of nobody's telling, which beats a status.
   */
  private enum Weight {
    STATUS,
    SILENCE,
    CONVERSATION,
    DEMAND
  }

  private enum Retry {
    YES,
    NO
  }

  private final Party party;
  private final Weight weight;
  private final Retry retry;

  EndedReason(Party party, Weight weight, Retry retry) {
    this.party = party;
    this.weight = weight;
    this.retry = retry;
  }

  public Party party() {
    return party;
  }

  /**
   * Whether the same request may do better another time, as far as the line is concerned. Where
   * something was agreed nobody should ask again, whatever the reason.
   */
  public boolean isRetryable() {
    return retry == Retry.YES;
  }

  /** Whether it is no more than a status tells. */
  boolean isOfStatus() {
    return weight == Weight.STATUS;
  }

  /** Whether this reason tells more than the other and should replace it. */
  public boolean outweighs(EndedReason other) {
    return weight.compareTo(other.weight) > 0;
  }

  /**
   * What a terminal status alone says about why the call ended; empty for any other status.
   *
   * @param sipCode the telephone network's final answer (RFC 3261), where the carrier tells it
   */
  public static Optional<EndedReason> ofStatus(CallStatus status, @Nullable Integer sipCode) {
    return switch (status) {
      case BUSY -> Optional.of(CALLEE_BUSY);
      case NO_ANSWER -> Optional.of(CALLEE_NO_ANSWER);
      case FAILED -> Optional.of(sipCode == null ? CARRIER_FAILED : ofSipCode(sipCode));
      case CANCELED -> Optional.of(CARRIER_CANCELED);
      case COMPLETED -> Optional.of(NO_CONVERSATION);
      case SCHEDULED, SUBMITTING, SUBMISSION_UNKNOWN, QUEUED, INITIATED, RINGING, IN_PROGRESS ->
          Optional.empty();
    };
  }

  /** RFC 3261, 21.4 to 21.6; 607 and 608 are RFC 8197 and RFC 8688. */
  private static EndedReason ofSipCode(int sipCode) {
    return switch (sipCode) {
      case 404, 410, 484, 485, 604 -> NUMBER_INVALID;
      case 401, 403, 407 -> CARRIER_BARRED;
      case 408, 480 -> CALLEE_UNAVAILABLE;
      case 486, 600 -> CALLEE_BUSY;
      case 603, 607, 608 -> CALLEE_REJECTED;
      default -> CARRIER_FAILED;
    };
  }
}

package dev.concierge.call;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One thing the ledger is told about a call. Facts are only ever added. */
public sealed interface CallFact {

  /**
   * The fact with nothing in it that tells of a person: no name, number or word, also none of a
   * vendor's, who may quote what was sent.
   */
  default CallFact withoutPersonalData() {
    return this;
  }

  /** A client asked for the call. Always the first fact, written before the carrier is asked. */
  record Requested(ReservationRequest request) implements CallFact {
    public Requested {
      Objects.requireNonNull(request, "request is null");
    }

    @Override
    public CallFact withoutPersonalData() {
      return new Requested(request.withoutPersonalData());
    }
  }

  /** The carrier accepted the call under its own name (Twilio's {@code CA…}). */
  record Submitted(String carrierCallId) implements CallFact {
    public Submitted {
      Objects.requireNonNull(carrierCallId, "carrierCallId is null");
    }
  }

  /** The carrier refused the call, or a client hung up before it was asked: no phone rang. */
  record SubmissionFailed(EndedReason reason, @Nullable String code, String message)
      implements CallFact {
    public SubmissionFailed {
      Objects.requireNonNull(reason, "reason is null");
      Objects.requireNonNull(message, "message is null");
    }

    @Override
    public CallFact withoutPersonalData() {
      return new SubmissionFailed(reason, code, "");
    }
  }

  /** The carrier was asked and its answer never came. */
  record SubmissionUncertain(String message) implements CallFact {
    public SubmissionUncertain {
      Objects.requireNonNull(message, "message is null");
    }

    @Override
    public CallFact withoutPersonalData() {
      return new SubmissionUncertain("");
    }
  }

  /** A client asked for the call's end. */
  record HangupRequested() implements CallFact {}

  /**
   * The carrier reported a status.
   *
   * @param sipCode the telephone network's final answer, where the carrier tells it
   * @param raw all that the carrier said
   */
  record StatusReported(
      CallStatus status, String carrierCallId, @Nullable Integer sipCode, Map<String, String> raw)
      implements CallFact {
    public StatusReported {
      Objects.requireNonNull(status, "status is null");
      Objects.requireNonNull(carrierCallId, "carrierCallId is null");
      raw = Map.copyOf(raw);
    }

    @Override
    public CallFact withoutPersonalData() {
      return new StatusReported(status, carrierCallId, sipCode, Map.of());
    }
  }

  /** The carrier reported on its media stream: started, stopped, or an error. */
  record StreamReported(String event, Map<String, String> raw) implements CallFact {
    public StreamReported {
      Objects.requireNonNull(event, "event is null");
      raw = Map.copyOf(raw);
    }

    @Override
    public CallFact withoutPersonalData() {
      return new StreamReported(event, Map.of());
    }
  }

  /**
   * The carrier judged who picked up: {@code human}, {@code machine_start}, {@code fax} and so on.
   */
  record AnsweredBy(String who, Map<String, String> raw) implements CallFact {

    /** Whether nobody can be spoken to: a voicemail, by whatever name, or a fax. */
    public boolean byMachine() {
      return who.startsWith("machine") || who.equals("fax");
    }

    public AnsweredBy {
      Objects.requireNonNull(who, "who is null");
      raw = Map.copyOf(raw);
    }

    @Override
    public CallFact withoutPersonalData() {
      return new AnsweredBy(who, Map.of());
    }
  }

  /** The media stream reached us and its brief was accepted. */
  record ConversationStarted(String streamId, String carrierCallId) implements CallFact {
    public ConversationStarted {
      Objects.requireNonNull(streamId, "streamId is null");
      Objects.requireNonNull(carrierCallId, "carrierCallId is null");
    }
  }

  /** Somebody said something. */
  record TurnSpoken(Turn turn) implements CallFact {
    public TurnSpoken {
      Objects.requireNonNull(turn, "turn is null");
    }

    @Override
    public CallFact withoutPersonalData() {
      return new TurnSpoken(turn.withoutPersonalData());
    }
  }

  /** The host spoke while the agent's audio was being played, {@code playedMs} into that turn. */
  record BargedIn(long playedMs) implements CallFact {}

  /** Somebody pressed a key of the far telephone. */
  record KeyPressed(String digit) implements CallFact {
    public KeyPressed {
      Objects.requireNonNull(digit, "digit is null");
    }

    @Override
    public CallFact withoutPersonalData() {
      return new KeyPressed("");
    }
  }

  /** The agent recorded what came of the request. The last one counts. */
  record OutcomeRecorded(Outcome outcome) implements CallFact {
    public OutcomeRecorded {
      Objects.requireNonNull(outcome, "outcome is null");
    }

    @Override
    public CallFact withoutPersonalData() {
      return new OutcomeRecorded(outcome.withoutPersonalData());
    }
  }

  /** The model's service reported a fault that did not end the call. */
  record ModelFaulted(String code, String message) implements CallFact {
    public ModelFaulted {
      Objects.requireNonNull(code, "code is null");
      Objects.requireNonNull(message, "message is null");
    }

    @Override
    public CallFact withoutPersonalData() {
      return new ModelFaulted(code, "");
    }
  }

  /** The conversation ended; {@code detail} is the evidence, where a vendor gave some. */
  record ConversationEnded(EndedReason reason, @Nullable String detail, ConversationSummary summary)
      implements CallFact {
    public ConversationEnded {
      Objects.requireNonNull(reason, "reason is null");
      Objects.requireNonNull(summary, "summary is null");
    }

    @Override
    public CallFact withoutPersonalData() {
      return new ConversationEnded(reason, null, summary);
    }
  }

  /**
   * A call that had gone silent was settled by asking the carrier.
   *
   * @param reason why it ended, where {@code status} alone does not tell
   * @param carrierCallId the carrier's name for it, where we had not known it
   */
  record Reconciled(
      CallStatus status,
      @Nullable EndedReason reason,
      @Nullable String carrierCallId,
      String evidence)
      implements CallFact {
    public Reconciled {
      Objects.requireNonNull(status, "status is null");
      Objects.requireNonNull(evidence, "evidence is null");
    }
  }

  /**
   * The personal data of all the facts before was erased.
   *
   * @param facts how many facts were changed by that
   * @param digest over what is left of them
   */
  record PersonalDataErased(int facts, String digest) implements CallFact {
    public PersonalDataErased {
      Objects.requireNonNull(digest, "digest is null");
    }
  }
}

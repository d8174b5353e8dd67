package dev.concierge.call;

import dev.concierge.call.Call.Conversation;
import dev.concierge.call.CallFact.AnsweredBy;
import dev.concierge.call.CallFact.Reconciled;
import dev.concierge.call.CallFact.SubmissionFailed;
import dev.concierge.call.Outcome.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The next state of a call, and the rules by which each part of it may change. */
final class CallBuilder {

  private final CallId id;
  private ReservationRequest request;
  private final Instant createdAt;
  private Instant heardOfAt;
  private CallStatus status = CallStatus.SUBMITTING;
  private @Nullable String carrierCallId;
  private @Nullable EndedReason endedReason;
  private @Nullable Evidence evidence;
  private @Nullable Outcome outcome;
  private @Nullable Instant answeredAt;
  private @Nullable String answeredBy;
  private @Nullable Instant endedAt;
  private @Nullable EndedReason hangupReason;
  private Conversation conversation = Conversation.NONE;
  private @Nullable ConversationSummary summary;
  private boolean personalDataErased;

  CallBuilder(CallId id, ReservationRequest request, Instant createdAt) {
    this.id = id;
    this.request = request;
    this.createdAt = createdAt;
    this.heardOfAt = createdAt;
  }

  CallBuilder(Call call) {
    this(call.id(), call.request(), call.createdAt());
    heardOfAt = call.heardOfAt();
    status = call.status();
    carrierCallId = call.carrierCallId();
    endedReason = call.endedReason();
    evidence = call.evidence();
    outcome = call.outcome();
    answeredAt = call.answeredAt();
    answeredBy = call.answeredBy();
    endedAt = call.endedAt();
    hangupReason = call.hangupReason();
    conversation = call.conversation();
    summary = call.summary();
    personalDataErased = call.personalDataErased();
  }

  void heardOfAt(Instant at) {
    heardOfAt = at.isAfter(heardOfAt) ? at : heardOfAt;
  }

  void status(CallStatus next, Instant at) {
    status(next, null, at);
  }

  /**
   * @param told when; the carrier tells whole seconds, so it may seem to be before the request
   */
  void status(CallStatus next, @Nullable Integer sipCode, Instant told) {
    Instant at = told.isBefore(createdAt) ? createdAt : told;
    if (next == CallStatus.IN_PROGRESS && (answeredAt == null || at.isBefore(answeredAt))) {
      answeredAt = at;
    }
    if (!status.canBecome(next)) {
      return;
    }
    status = next;
    if (next.isTerminal()) {
      endedAt = at;
      // A conversation that still runs will tell more exactly why it ended.
      if (conversation != Conversation.RUNNING) {
        EndedReason.ofStatus(next, sipCode)
            .ifPresent(reason -> endedReason(reason, Evidence.ofSip(sipCode)));
      }
    }
  }

  /** The first name the carrier gave is the one that counts. */
  void carrierCallId(String name) {
    carrierCallId = carrierCallId == null ? name : carrierCallId;
  }

  void endedReason(EndedReason reason, @Nullable Evidence shown) {
    if (endedReason == null || reason.outweighs(endedReason)) {
      endedReason = reason;
      evidence = shown;
    }
  }

  /** A call that a client called off before it was dialled has not failed. */
  void submissionFailed(SubmissionFailed failed, Instant at) {
    endedReason(failed.reason(), new Evidence(null, failed.code(), failed.message()));
    boolean calledOff = failed.reason() == EndedReason.CLIENT_HUNG_UP;
    status(calledOff ? CallStatus.CANCELED : CallStatus.FAILED, at);
  }

  /** The first who wanted its end is the one who is told. */
  void hangup(EndedReason wish) {
    hangupReason = hangupReason == null ? wish : hangupReason;
  }

  /** Whoever wanted the end had it, unless it came before the carrier had a call to end. */
  private void endAsWished() {
    boolean over = status.isTerminal() || conversation == Conversation.ENDED;
    if (hangupReason != null && over && carrierCallId != null) {
      endedReason(hangupReason, null);
    }
  }

  /** A machine is hung up on, unless something was agreed: then it is a person after all. */
  void answeredBy(AnsweredBy answered) {
    answeredBy = answered.who();
    boolean running = !status.isTerminal() && conversation != Conversation.ENDED;
    boolean recorded = outcome != null && outcome.result() != Result.VOICEMAIL;
    if (answered.byMachine() && running && !recorded) {
      outcome = outcome == null ? Outcome.of(Result.VOICEMAIL) : outcome;
      hangup(EndedReason.MACHINE_ANSWERED);
    }
  }

  void outcome(Outcome recorded) {
    outcome = recorded;
  }

  /** A second stream of the same call does not reopen a conversation that has ended. */
  void conversation(Conversation next) {
    boolean begins = next == Conversation.RUNNING && conversation == Conversation.NONE;
    if (begins && endedReason != null && endedReason.isOfStatus()) {
      // The end was reported first; the conversation will tell more exactly why it came.
      endedReason = null;
      evidence = null;
    }
    conversation = next.compareTo(conversation) > 0 ? next : conversation;
  }

  void summary(ConversationSummary figures) {
    summary = figures;
  }

  void reconciled(Reconciled reconciled, Instant at) {
    if (reconciled.carrierCallId() != null) {
      carrierCallId(reconciled.carrierCallId());
    }
    if (reconciled.reason() != null) {
      endedReason(reconciled.reason(), Evidence.ofWords(reconciled.evidence()));
    }
    status(reconciled.status(), at);
    if (reconciled.status().isTerminal() && conversation == Conversation.RUNNING) {
      endedReason(EndedReason.BRIDGE_LOST, Evidence.ofWords(reconciled.evidence()));
      conversation = Conversation.ENDED;
    }
  }

  void erasePersonalData() {
    request = request.withoutPersonalData();
    outcome = outcome == null ? null : outcome.withoutPersonalData();
    evidence = evidence == null ? null : evidence.withoutWords();
    personalDataErased = true;
  }

  /** What came of a settled call of which the agent recorded nothing. */
  private @Nullable Outcome outcomeOrDefault() {
    boolean recorded = outcome != null && outcome.result().isAgreedOnTheLine();
    boolean settled = status.isTerminal() && conversation != Conversation.RUNNING;
    if (recorded) {
      return outcome;
    }
    if (!settled) {
      return null;
    }
    return Outcome.of(Call.wasAnswered(status, answeredAt) ? Result.UNKNOWN : Result.UNREACHED);
  }

  Call build() {
    endAsWished();
    return new Call(
        id,
        request,
        createdAt,
        heardOfAt,
        status,
        carrierCallId,
        endedReason,
        evidence,
        outcomeOrDefault(),
        answeredAt,
        answeredBy,
        endedAt,
        hangupReason,
        conversation,
        summary,
        personalDataErased);
  }
}

package dev.concierge.call;

import dev.concierge.call.CallFact.AnsweredBy;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallFact.HangupRequested;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.PersonalDataErased;
import dev.concierge.call.CallFact.Reconciled;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallFact.SubmissionFailed;
import dev.concierge.call.CallFact.SubmissionUncertain;
import dev.concierge.call.CallFact.Submitted;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call as its facts make it. Immutable: each fact gives the next one.
 *
 * @param createdAt when it was asked for
 * @param heardOfAt when the last fact came
 * @param carrierCallId the carrier's name for it, once known
 * @param endedReason why it ended; may become more exact after the end
 * @param evidence what shows that it was so
 * @param outcome what came of it; set at the latest when the call ends
 * @param answeredAt when somebody picked up
 * @param answeredBy the carrier's judgement of who picked up
 * @param endedAt when the call reached a terminal status
 * @param hangupReason why it is to be ended: a client asked for it, or a machine picked up; {@code
 *     null} if it may go on
 * @param conversation where its conversation stands
 * @param summary the conversation in figures, once it ended
 * @param personalDataErased whether names, numbers and words were erased, and are kept no more
 */
public record Call(
    CallId id,
    ReservationRequest request,
    Instant createdAt,
    Instant heardOfAt,
    CallStatus status,
    @Nullable String carrierCallId,
    @Nullable EndedReason endedReason,
    @Nullable Evidence evidence,
    @Nullable Outcome outcome,
    @Nullable Instant answeredAt,
    @Nullable String answeredBy,
    @Nullable Instant endedAt,
    @Nullable EndedReason hangupReason,
    Conversation conversation,
    @Nullable ConversationSummary summary,
    boolean personalDataErased) {

  /** Where a call's conversation stands. */
  public enum Conversation {
    NONE,
    RUNNING,
    ENDED
  }

  public Call {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(request, "request is null");
    Objects.requireNonNull(createdAt, "createdAt is null");
    Objects.requireNonNull(heardOfAt, "heardOfAt is null");
    Objects.requireNonNull(status, "status is null");
    Objects.requireNonNull(conversation, "conversation is null");
  }

  /** The call as its first fact makes it. */
  public static Call opened(LedgerEntry entry) {
    if (!(entry.fact() instanceof Requested requested)) {
      throw new IllegalArgumentException("a call is opened by a request");
    }
    return new CallBuilder(entry.callId(), requested.request(), entry.at()).build();
  }

  /**
   * Whether all is known that ever will be: the status is terminal, and a conversation that began
   * has ended.
   */
  public boolean isSettled() {
    return status.isTerminal() && conversation != Conversation.RUNNING;
  }

  /** Whether it is to be ended, and stays so when it has. */
  public boolean hangupRequested() {
    return hangupReason != null;
  }

  /** Whether somebody or something picked up. */
  public boolean wasAnswered() {
    return wasAnswered(status, answeredAt);
  }

  /** The carrier's report of the answer may be lost; only what was answered is completed. */
  static boolean wasAnswered(CallStatus status, @Nullable Instant answeredAt) {
    return answeredAt != null || status == CallStatus.COMPLETED;
  }

  /** The call after one more fact. A fact that comes late or again never moves it backwards. */
  public Call with(LedgerEntry entry) {
    CallBuilder next = new CallBuilder(this);
    next.heardOfAt(entry.at());
    CallFact fact = entry.fact();
    if (fact instanceof Submitted submitted) {
      next.carrierCallId(submitted.carrierCallId());
      next.status(CallStatus.QUEUED, entry.at());
    } else if (fact instanceof SubmissionUncertain) {
      next.status(CallStatus.SUBMISSION_UNKNOWN, entry.at());
    } else if (fact instanceof SubmissionFailed failed) {
      next.submissionFailed(failed, entry.at());
    } else if (fact instanceof HangupRequested) {
      next.hangup(EndedReason.CLIENT_HUNG_UP);
    } else if (fact instanceof StatusReported report) {
      next.carrierCallId(report.carrierCallId());
      next.status(report.status(), report.sipCode(), entry.at());
    } else if (fact instanceof AnsweredBy answered) {
      next.answeredBy(answered);
    } else if (fact instanceof ConversationStarted started) {
      next.carrierCallId(started.carrierCallId());
      next.status(CallStatus.IN_PROGRESS, entry.at());
      next.conversation(Conversation.RUNNING);
    } else if (fact instanceof OutcomeRecorded recorded) {
      next.outcome(recorded.outcome());
    } else if (fact instanceof ConversationEnded ended) {
      next.endedReason(ended.reason(), Evidence.ofWords(ended.detail()));
      next.conversation(Conversation.ENDED);
      next.summary(ended.summary());
    } else if (fact instanceof Reconciled reconciled) {
      next.reconciled(reconciled, entry.at());
    } else if (fact instanceof PersonalDataErased) {
      next.erasePersonalData();
    }
    return next.build();
  }
}

package dev.concierge.call;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.conversationEnded;
import static dev.concierge.call.SampleCalls.conversationStarted;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concierge.Behaviour;
import dev.concierge.SettableClock;
import dev.concierge.call.CallFact.HangupRequested;
import dev.concierge.call.CallFact.SubmissionUncertain;
import dev.concierge.call.CallFact.Submitted;
import dev.concierge.call.Carrier.CarrierCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcilerTest {

  private final MemoryLedger ledger = new MemoryLedger();
  private final FakeCarrier carrier = new FakeCarrier();
  private final SettableClock clock = new SettableClock(NOON);
  private final Reconciler reconciler = new Reconciler(ledger, carrier, clock);
  private long sequence = 10;

  @AfterEach
  void nobodyWasDialled() {
    assertThat(carrier.dialled).isEmpty();
  }

  private CallId opened() {
    return ledger.open(requested(CallId.random(), clock.instant())).id();
  }

  private CallId submitted(String carrierCallId) {
    CallId id = opened();
    tell(id, new Submitted(carrierCallId));
    return id;
  }

  private CallId talking() {
    CallId id = submitted("CA1");
    tell(id, conversationStarted());
    return id;
  }

  private void tell(CallId id, CallFact fact) {
    ledger.append(entry(id, FactSource.DESK, sequence++, clock.instant(), fact));
  }

  /** A call that the carrier placed, by a request whose answer got lost. */
  private void placed(String carrierCallId, Instant at) {
    carrier.placed.put(new CarrierCall(carrierCallId, CallStatus.RINGING), at);
  }

  private int runAfter(Duration silence) throws CarrierUncertainException {
    clock.advance(silence);
    return reconciler.run(Reconciler.PATIENCE);
  }

  private int runLater() throws CarrierUncertainException {
    return runAfter(Reconciler.PATIENCE.plusSeconds(1));
  }

  private Call call(CallId id) {
    return ledger.find(id).orElseThrow();
  }

  @Test
  @Behaviour(16)
  void aCallThatEndedUnheardIsSettledByWhatTheCarrierKnows() throws CarrierUncertainException {
    CallId id = submitted("CA1");
    carrier.known.put("CA1", CallStatus.NO_ANSWER);

    assertThat(runAfter(Reconciler.PATIENCE)).isZero();
    assertThat(runLater()).isEqualTo(1);

    assertThat(call(id).status()).isEqualTo(CallStatus.NO_ANSWER);
    assertThat(call(id).endedReason()).isEqualTo(EndedReason.CALLEE_NO_ANSWER);
    assertThat(call(id).isSettled()).isTrue();
    assertThat(runLater()).isZero();
  }

  @Test
  void aCallThatStillRunsIsLeftAsItIs() throws CarrierUncertainException {
    CallId id = talking();
    carrier.known.put("CA1", CallStatus.IN_PROGRESS);
    Call before = call(id);

    assertThat(runLater()).isZero();

    assertThat(call(id)).isEqualTo(before);
  }

  @Test
  void aCallWhoseProcessDiedEndsAsLost() throws CarrierUncertainException {
    CallId id = talking();
    carrier.known.put("CA1", CallStatus.COMPLETED);

    runLater();

    assertThat(call(id).isSettled()).isTrue();
    assertThat(call(id).status()).isEqualTo(CallStatus.COMPLETED);
    assertThat(call(id).endedReason()).isEqualTo(EndedReason.BRIDGE_LOST);
    assertThat(call(id).outcome()).isEqualTo(Outcome.of(Outcome.Result.UNKNOWN));
  }

  @Test
  void aConversationThatNeverEndedDoesNotKeepAnEndedCallOpen() throws CarrierUncertainException {
    CallId id = talking();
    tell(id, status(CallStatus.COMPLETED));

    runLater();

    assertThat(call(id).isSettled()).isTrue();
    assertThat(call(id).endedReason()).isEqualTo(EndedReason.BRIDGE_LOST);
  }

  @Test
  void aConversationOfWhichWeHeardAfterTheEndIsNotTakenForNone() throws CarrierUncertainException {
    CallId id = submitted("CA1");
    tell(id, status(CallStatus.COMPLETED));
    assertThat(call(id).endedReason()).isEqualTo(EndedReason.NO_CONVERSATION);
    tell(id, conversationStarted());

    runLater();

    assertThat(call(id).endedReason()).isEqualTo(EndedReason.BRIDGE_LOST);
  }

  @Test
  void aConversationThatWasOnlyLateTellsWhyTheCallEnded() throws CarrierUncertainException {
    CallId id = talking();
    tell(id, status(CallStatus.COMPLETED));
    runLater();

    tell(id, conversationEnded(EndedReason.CALLEE_HUNG_UP));

    assertThat(call(id).endedReason()).isEqualTo(EndedReason.CALLEE_HUNG_UP);
  }

  @Test
  void aCallThatTheCarrierNoLongerKnowsHasFailed() throws CarrierUncertainException {
    CallId id = submitted("CA1");

    runLater();

    assertThat(call(id).status()).isEqualTo(CallStatus.FAILED);
    assertThat(call(id).endedReason()).isEqualTo(EndedReason.CARRIER_FORGOT);
  }

  @Test
  @Behaviour(1)
  void anUncertainSubmissionThatReachedTheCarrierGoesOn() throws CarrierUncertainException {
    CallId id = opened();
    tell(id, new SubmissionUncertain("timed out"));
    placed("CA7", clock.instant());

    runLater();

    assertThat(call(id).status()).isEqualTo(CallStatus.RINGING);
    assertThat(call(id).carrierCallId()).isEqualTo("CA7");
  }

  @Test
  void anUncertainSubmissionThatNobodyKnowsIsGivenUpInTheEnd() throws CarrierUncertainException {
    CallId id = opened();

    assertThat(runLater()).isZero();
    assertThat(call(id).status()).isEqualTo(CallStatus.SUBMITTING);
    runAfter(Duration.ofMinutes(5));

    assertThat(call(id).status()).isEqualTo(CallStatus.FAILED);
    assertThat(call(id).endedReason()).isEqualTo(EndedReason.SUBMISSION_LOST);
  }

  @Test
  void anotherCallToTheSameRestaurantIsNotTakenForALostOne() throws CarrierUncertainException {
    CallId lost = opened();
    submitted("CA7");
    carrier.known.put("CA7", CallStatus.QUEUED);
    placed("CA7", clock.instant());

    runLater();

    assertThat(call(lost).carrierCallId()).isNull();
    assertThat(call(lost).status()).isEqualTo(CallStatus.SUBMITTING);
  }

  @Test
  void aCallThatWasPlacedLaterIsNotTakenForALostOne() throws CarrierUncertainException {
    CallId lost = opened();
    placed("CA7", clock.instant().plusSeconds(91));

    runLater();

    assertThat(call(lost).carrierCallId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 90})
  void aLostCallIsFoundThoughTheDialTookLongOrTheClocksDiffer(long second)
      throws CarrierUncertainException {
    CallId lost = opened();
    placed("CA7", clock.instant().plusSeconds(second));

    runLater();

    assertThat(call(lost).carrierCallId()).isEqualTo("CA7");
  }

  @Test
  void ofTwoLostCallsNoneIsGivenTheOthersNameOrHungUpForIt() throws CarrierUncertainException {
    CallId first = opened();
    tell(first, new HangupRequested());
    clock.advance(Duration.ofSeconds(20));
    CallId second = opened();
    placed("CA8", clock.instant());

    runLater();
    assertThat(call(first).carrierCallId()).isNull();
    assertThat(call(second).carrierCallId()).isNull();
    runAfter(Duration.ofMinutes(5));
    runLater();

    for (CallId id : List.of(first, second)) {
      assertThat(call(id).carrierCallId()).isNull();
      assertThat(call(id).endedReason()).isEqualTo(EndedReason.SUBMISSION_LOST);
      assertThat(call(id).endedReason().isRetryable()).isFalse();
    }
    assertThat(String.valueOf(call(first).evidence())).contains("1 calls", "2 requests");
    assertThat(carrier.hungUp).isEmpty();
  }

  @Test
  void aRivalThatTheCarrierNamesMeanwhileKeepsItsCall() throws CarrierUncertainException {
    CallId first = opened();
    CallId second = opened();
    placed("CA8", clock.instant());
    carrier.meanwhile = () -> tell(second, new Submitted("CA8"));

    runLater();

    assertThat(call(first).carrierCallId()).isNull();
    assertThat(call(second).carrierCallId()).isEqualTo("CA8");
  }

  @Test
  void aLostCallIsFoundAmongOthersThatAreKnown() throws CarrierUncertainException {
    CallId lost = opened();
    submitted("CA7");
    carrier.known.put("CA7", CallStatus.QUEUED);
    placed("CA7", clock.instant());
    placed("CA8", clock.instant());

    runLater();

    assertThat(call(lost).carrierCallId()).isEqualTo("CA8");
  }

  @Test
  void aCallThatCannotBeToldFromAnotherIsGivenUpInTheEnd() throws CarrierUncertainException {
    CallId lost = opened();
    placed("CA7", clock.instant());
    placed("CA8", clock.instant());

    assertThat(runLater()).isZero();
    assertThat(call(lost).status()).isEqualTo(CallStatus.SUBMITTING);
    runAfter(Duration.ofMinutes(5));

    assertThat(call(lost).isSettled()).isTrue();
    assertThat(call(lost).carrierCallId()).isNull();
    assertThat(call(lost).endedReason()).isEqualTo(EndedReason.SUBMISSION_LOST);
    assertThat(String.valueOf(call(lost).evidence())).contains("2 calls");
  }

  @Test
  void aHangupThatDidNotReachTheCarrierIsRepeated() throws CarrierUncertainException {
    CallId id = submitted("CA1");
    tell(id, new HangupRequested());
    carrier.known.put("CA1", CallStatus.RINGING);

    runLater();

    assertThat(carrier.hungUp).containsExactly("CA1");
  }

  @Test
  void aHangupIsRepeatedWhilePeopleTalkAndNothingElseIsAsked() throws CarrierUncertainException {
    CallId id = talking();
    tell(id, new HangupRequested());
    Call before = call(id);

    assertThat(runAfter(Duration.ofSeconds(1))).isZero();

    assertThat(carrier.hungUp).containsExactly("CA1");
    assertThat(call(id)).isEqualTo(before);
  }

  @Test
  void aRunWalksOnPastCallsOfWhichNothingIsLearned() throws CarrierUncertainException {
    for (int i = 0; i < 300; i++) {
      opened();
    }
    clock.advance(Duration.ofSeconds(1));
    CallId last = submitted("CA1");
    carrier.known.put("CA1", CallStatus.COMPLETED);

    runLater();

    assertThat(call(last).isSettled()).isTrue();
  }

  @Test
  void aRunThatTakesTooLongIsLeftToTheNext() throws CarrierUncertainException {
    opened();
    clock.advance(Duration.ofSeconds(1));
    CallId next = submitted("CA1");
    carrier.known.put("CA1", CallStatus.COMPLETED);
    carrier.meanwhile = () -> clock.advance(Duration.ofSeconds(61));

    runLater();

    assertThat(call(next).isSettled()).isFalse();
  }

  @Test
  void aCallThatCannotBeReadDoesNotHoldUpTheOthers() {
    CallId unreadable = submitted("CA2");
    clock.advance(Duration.ofSeconds(1));
    CallId other = submitted("CA1");
    carrier.known.put("CA1", CallStatus.COMPLETED);
    ledger.unreadable.add(unreadable);

    assertThatThrownBy(this::runLater)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(unreadable.value());

    assertThat(call(other).isSettled()).isTrue();
  }

  @Test
  void aSubmissionThatIsHeardOfWhileItIsLookedForIsNotGivenUp() throws CarrierUncertainException {
    CallId id = opened();
    tell(id, new SubmissionUncertain("timed out"));
    carrier.placed.put(new CarrierCall("CA1", CallStatus.IN_PROGRESS), call(id).createdAt());
    carrier.meanwhile = () -> tell(id, status(CallStatus.IN_PROGRESS));

    runAfter(Duration.ofMinutes(6));

    assertThat(call(id).status()).isEqualTo(CallStatus.IN_PROGRESS);
  }

  @Test
  void aHangupOfAnUncertainSubmissionIsCarriedOutWhenItIsFound() throws CarrierUncertainException {
    CallId id = opened();
    tell(id, new SubmissionUncertain("timed out"));
    tell(id, new HangupRequested());
    placed("CA7", clock.instant());

    runLater();

    assertThat(carrier.hungUp).containsExactly("CA7");
  }

  @Test
  void aCallTheCarrierCannotAnswerForDoesNotHoldUpTheOthers() {
    submitted("CA1");
    clock.advance(Duration.ofSeconds(1));
    CallId other = submitted("CA2");
    carrier.unanswering.add("CA1");
    carrier.known.put("CA2", CallStatus.COMPLETED);

    assertThatThrownBy(this::runLater).isInstanceOf(CarrierUncertainException.class);

    assertThat(call(other).isSettled()).isTrue();
  }
}

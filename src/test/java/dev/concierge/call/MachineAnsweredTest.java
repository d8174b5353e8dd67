package dev.concierge.call;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.conversationEnded;
import static dev.concierge.call.SampleCalls.conversationStarted;
import static dev.concierge.call.SampleCalls.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.call.CallFact.AnsweredBy;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.Outcome.Result;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a call when the carrier has judged who picked up. */
class MachineAnsweredTest {

  private static final CallId ID = CallId.random();

  private static Call told(CallFact... facts) {
    Call call =
        Call.opened(SampleCalls.requested(ID, NOON))
            .with(SampleCalls.entry(ID, FactSource.DESK, 1, NOON, conversationStarted()));
    for (CallFact fact : facts) {
      call = call.with(SampleCalls.entry(ID, FactSource.DESK, 2, NOON, fact));
    }
    return call;
  }

  private static AnsweredBy by(String who) {
    return new AnsweredBy(who, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"machine_start", "machine_end_beep", "fax"})
  @Behaviour(18)
  void aMachineIsHungUpOn(String machine) {
    Call call = told(by(machine));
    assertThat(call.hangupRequested()).isTrue();

    Call ended = told(by(machine), status(CallStatus.COMPLETED), calleeHungUp());
    assertThat(ended.endedReason()).isEqualTo(EndedReason.MACHINE_ANSWERED);
    assertThat(ended.outcome()).isEqualTo(Outcome.of(Result.VOICEMAIL));
  }

  /** What the conversation makes of the end of its stream. */
  private static CallFact calleeHungUp() {
    return conversationEnded(EndedReason.CALLEE_HUNG_UP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"human", "unknown"})
  void aPersonIsTalkedTo(String person) {
    Call call = told(by(person));
    assertThat(call.hangupRequested()).isFalse();
    assertThat(call.outcome()).isNull();
    assertThat(call.answeredBy()).isEqualTo(person);
  }

  @Test
  void aMachineThatAgreedToATableIsAPerson() {
    Call call = told(new OutcomeRecorded(Outcome.of(Result.CONFIRMED)), by("machine_start"));
    assertThat(call.hangupRequested()).isFalse();
    assertThat(call.outcome()).isEqualTo(Outcome.of(Result.CONFIRMED));
  }

  @Test
  void aCallThatIsOverIsNotHungUp() {
    Call call = told(calleeHungUp(), status(CallStatus.COMPLETED), by("machine_start"));
    assertThat(call.hangupRequested()).isFalse();
    assertThat(call.endedReason()).isEqualTo(EndedReason.CALLEE_HUNG_UP);
  }
}

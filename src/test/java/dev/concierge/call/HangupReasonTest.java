package dev.concierge.call;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.conversationEnded;
import static dev.concierge.call.SampleCalls.conversationStarted;
import static dev.concierge.call.SampleCalls.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.call.CallFact.AnsweredBy;
import dev.concierge.call.CallFact.HangupRequested;
import dev.concierge.call.CallFact.SubmissionFailed;
import dev.concierge.call.CallFact.Submitted;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a hang-up makes of the reason why a call ended, and when. */
class HangupReasonTest {

  private static final CallId ID = CallId.random();
  private static final Submitted SUBMITTED = new Submitted("CA1");
  private static final HangupRequested HANGUP = new HangupRequested();

  private static Call told(CallFact... facts) {
    Call call = Call.opened(SampleCalls.requested(ID, NOON));
    for (CallFact fact : facts) {
      call = call.with(SampleCalls.entry(ID, FactSource.DESK, 1, NOON, fact));
    }
    return call;
  }

  @Test
  void aCallThatStillRunsHasNotEnded() {
    Call byClient = told(SUBMITTED, conversationStarted(), HANGUP);
    assertThat(byClient.hangupRequested()).isTrue();
    assertThat(byClient.endedReason()).isNull();

    Call byMachine = told(SUBMITTED, conversationStarted(), new AnsweredBy("fax", Map.of()));
    assertThat(byMachine.hangupRequested()).isTrue();
    assertThat(byMachine.endedReason()).isNull();
  }

  @Test
  void whoeverWantedTheEndIsWhyItCame() {
    assertThat(told(SUBMITTED, HANGUP, status(CallStatus.CANCELED)).endedReason())
        .isEqualTo(EndedReason.CLIENT_HUNG_UP);
    CallFact stopped = conversationEnded(EndedReason.CALLEE_HUNG_UP);
    assertThat(told(SUBMITTED, conversationStarted(), HANGUP, stopped).endedReason())
        .isEqualTo(EndedReason.CLIENT_HUNG_UP);
  }

  @Test
  void aRefusalIsNotHiddenByAHangup() {
    SubmissionFailed refused = new SubmissionFailed(EndedReason.NUMBER_INVALID, "21211", "no");

    for (Call call : new Call[] {told(HANGUP, refused), told(refused, HANGUP)}) {
      assertThat(call.status()).isEqualTo(CallStatus.FAILED);
      assertThat(call.endedReason()).isEqualTo(EndedReason.NUMBER_INVALID);
      assertThat(call.evidence()).isEqualTo(new Evidence(null, "21211", "no"));
    }
  }
}

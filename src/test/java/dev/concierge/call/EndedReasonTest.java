package dev.concierge.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EndedReasonTest {

  @ParameterizedTest
  @CsvSource({
    "404, NUMBER_INVALID, false",
    "403, CARRIER_BARRED, false",
    "480, CALLEE_UNAVAILABLE, true",
    "603, CALLEE_REJECTED, false",
    "608, CALLEE_REJECTED, false",
    "486, CALLEE_BUSY, true",
    "503, CARRIER_FAILED, true",
    "200, CARRIER_FAILED, true",
  })
  void aFailedCallIsToldByTheNetworksAnswer(int sip, EndedReason reason, boolean retryable) {
    assertThat(EndedReason.ofStatus(CallStatus.FAILED, sip)).contains(reason);
    assertThat(reason.isRetryable()).isEqualTo(retryable);
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED, CARRIER_FAILED",
    "BUSY, CALLEE_BUSY",
    "NO_ANSWER, CALLEE_NO_ANSWER",
    "CANCELED, CARRIER_CANCELED",
    "COMPLETED, NO_CONVERSATION",
  })
  void everyTerminalStatusHasAReason(CallStatus status, EndedReason reason) {
    assertThat(EndedReason.ofStatus(status, null)).contains(reason);
  }

  @ParameterizedTest
  @EnumSource(CallStatus.class)
  void noOtherStatusHas(CallStatus status) {
    assertThat(EndedReason.ofStatus(status, null).isPresent()).isEqualTo(status.isTerminal());
  }

  @Test
  void theEvidenceIsKeptWithTheReason() {
    CallId id = CallId.random();
    Call call =
        Call.opened(SampleCalls.requested(id, SampleCalls.NOON))
            .with(
                SampleCalls.entry(
                    id,
                    FactSource.CARRIER_STATUS,
                    1,
                    SampleCalls.NOON,
                    new CallFact.StatusReported(CallStatus.FAILED, "CA1", 404, Map.of())));

    assertThat(call.endedReason()).isEqualTo(EndedReason.NUMBER_INVALID);
    assertThat(call.evidence()).isEqualTo(new Evidence(404, null, null));
    assertThat(call.evidence().line()).isEqualTo("SIP 404");
  }
}

package dev.concierge.twilio;

import static dev.concierge.twilio.FakeCallsApi.call;
import static dev.concierge.twilio.FakeCallsApi.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.concierge.Behaviour;
import dev.concierge.call.CallStatus;
import dev.concierge.call.CarrierUncertainException;
import dev.concierge.twilio.FakeCallsApi.Asked;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TwilioHangupTest {

  private final FakeCallsApi api = new FakeCallsApi();
  private final TwilioCarrier carrier = TwilioCarrierTest.carrierAt(api.baseUrl());

  TwilioHangupTest() throws IOException {}

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  @Behaviour(8)
  void aRingingCallIsCanceled() throws Exception {
    api.answers(200, call("canceled"));

    carrier.hangUp("CA1", CallStatus.RINGING);

    assertThat(api.asked()).hasSize(1);
    assertThat(api.asked().get(0).uri())
        .hasToString("/twilio/2010-04-01/Accounts/AC1/Calls/CA1.json");
    assertThat(api.asked()).extracting(Asked::form).containsExactly("Status=canceled");
  }

  @Test
  @Behaviour(8)
  void anAnsweredCallIsCompleted() throws Exception {
    api.answers(200, call("completed"));

    carrier.hangUp("CA1", CallStatus.IN_PROGRESS);

    assertThat(api.asked()).extracting(Asked::form).containsExactly("Status=completed");
  }

  @Test
  void aCallAnsweredInTheMeantimeIsCompleted() throws Exception {
    api.answers(200, call("in-progress")).answers(200, call("completed"));

    carrier.hangUp("CA1", CallStatus.RINGING);

    assertThat(api.asked())
        .extracting(Asked::form)
        .containsExactly("Status=canceled", "Status=completed");
  }

  @Test
  void aCancelThatIsRefusedBecauseOfAnAnswerIsFollowedByACompletion() throws Exception {
    api.answers(400, error(400, 21220, "invalid call state"))
        .answers(200, call("in-progress"))
        .answers(200, call("completed"));

    carrier.hangUp("CA1", CallStatus.RINGING);

    assertThat(api.asked())
        .extracting(Asked::form)
        .containsExactly("Status=canceled", "", "Status=completed");
  }

  @Test
  @Behaviour(8)
  void aCallThatTwilioNoLongerHasIsOver() throws Exception {
    api.answers(404, error(404, 20404, "not found")).answers(404, error(404, 20404, "not found"));

    carrier.hangUp("CA1", CallStatus.IN_PROGRESS);

    assertThat(api.asked()).extracting(Asked::method).containsExactly("POST", "GET");
  }

  @Test
  void aHangUpThatChangesNothingIsUncertain() {
    api.answers(400, error(400, 20001, "no")).answers(200, call("in-progress"));

    assertThatExceptionOfType(CarrierUncertainException.class)
        .isThrownBy(() -> carrier.hangUp("CA1", CallStatus.IN_PROGRESS));
  }
}

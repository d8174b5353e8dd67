package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.concierge.call.CallFact.AnsweredBy;
import dev.concierge.call.CallId;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.PhoneNumber;
import dev.concierge.twilio.FakeCallsApi.Asked;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MachineHangupTest {

  private static final PublicUrl PUBLIC_URL = new PublicUrl(URI.create("https://x.example"));

  private final FakeCallsApi api = new FakeCallsApi();
  private final RecordingLedger ledger = new RecordingLedger();
  private final List<Runnable> tasks = new ArrayList<>();
  private final MachineHangup hangup = hangupOn(tasks::add);

  MachineHangupTest() throws IOException {}

  @AfterEach
  void stop() {
    api.close();
  }

  private MachineHangup hangupOn(Executor executor) {
    var account = new TwilioAccount("AC1", "token", new PhoneNumber("+14155550199"), api.baseUrl());
    var parameters = new StreamParameters("secret", Clock.systemUTC());
    var twiml = new CallTwiml(PUBLIC_URL, parameters, null);
    return new MachineHangup(ledger, new TwilioCarrier(account, PUBLIC_URL, twiml, true), executor);
  }

  private CallId answeredBy(String who) {
    CallId id = ledger.knownCall();
    ledger.append(
        new LedgerEntry(
            id, FactSource.CARRIER_DETECTION, 0, TwilioSide.NOW, new AnsweredBy(who, Map.of())));
    return id;
  }

  @Test
  void twilioIsAskedOnAnotherThreadThanTheOneThatAnswersIt() {
    api.answers(200, "{\"sid\":\"CA1\",\"status\":\"completed\"}");

    hangup.hangUpIfWished(answeredBy("machine_start"), "CA1");

    assertThat(api.asked()).isEmpty();
    tasks.forEach(Runnable::run);
    assertThat(api.asked()).extracting(Asked::form).containsExactly("Status=completed");
  }

  @Test
  void aPersonIsNotHungUpOn() {
    hangup.hangUpIfWished(answeredBy("human"), "CA1");
    tasks.forEach(Runnable::run);

    assertThat(tasks).hasSize(1);
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void whatFailsIsLeftToTheReconciler() {
    CallId id = answeredBy("fax");
    Executor full =
        task -> {
          throw new RejectedExecutionException();
        };
    assertThatCode(() -> hangupOn(full).hangUpIfWished(id, "CA1")).doesNotThrowAnyException();

    ledger.unreadable(true);
    hangup.hangUpIfWished(id, "CA1");
    assertThatCode(() -> tasks.forEach(Runnable::run)).doesNotThrowAnyException();
    ledger.unreadable(false);
    // Twilio answers 500, as long as nothing else was prepared.
    assertThatCode(() -> tasks.forEach(Runnable::run)).doesNotThrowAnyException();
    assertThat(api.asked()).isNotEmpty();
  }
}

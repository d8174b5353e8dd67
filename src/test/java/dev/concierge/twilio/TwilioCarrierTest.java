package dev.concierge.twilio;

import static dev.concierge.twilio.FakeCallsApi.call;
import static dev.concierge.twilio.FakeCallsApi.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.concierge.Behaviour;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.Carrier.CarrierCall;
import dev.concierge.call.CarrierRefusedException;
import dev.concierge.call.CarrierUncertainException;
import dev.concierge.call.EndedReason;
import dev.concierge.call.PhoneNumber;
import dev.concierge.twilio.FakeCallsApi.Asked;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class TwilioCarrierTest {

  private static final String TOKEN = "the-auth-token";
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final PublicUrl PUBLIC_URL = new PublicUrl(URI.create("https://x.example"));
  private static final Instant FROM = Instant.parse("2026-11-21T12:00:00.700Z");

  private final FakeCallsApi api = new FakeCallsApi();
  private final TwilioCarrier carrier = carrierAt(api.baseUrl());

  TwilioCarrierTest() throws IOException {}

  @AfterEach
  void stop() {
    api.close();
  }

  static TwilioCarrier carrierAt(URI baseUrl) {
    return carrierAt(baseUrl, false);
  }

  private static TwilioCarrier carrierAt(URI baseUrl, boolean detectsMachines) {
    var account = new TwilioAccount("AC1", TOKEN, new PhoneNumber("+14155550199"), baseUrl);
    var parameters = new StreamParameters("secret", Clock.systemUTC());
    var twiml = new CallTwiml(PUBLIC_URL, parameters, null);
    return new TwilioCarrier(account, PUBLIC_URL, twiml, detectsMachines, PATIENCE);
  }

  // Dialling

  @Test
  @Behaviour(2)
  void aDialIsOneRequestThatSaysItAll() throws Exception {
    api.answers(201, call("queued"));
    CallId id = CallId.random();

    assertThat(carrier.dial(id, Briefs.request())).isEqualTo("CA1");

    assertThat(api.asked()).hasSize(1);
    Asked asked = api.asked().get(0);
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.uri()).hasToString("/twilio/2010-04-01/Accounts/AC1/Calls.json");
    assertThat(asked.authorization())
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString(("AC1:" + TOKEN).getBytes(StandardCharsets.UTF_8)));
    assertThat(fields(asked))
        .contains(
            "To=+14155550100",
            "From=+14155550199",
            "StatusCallback=https://x.example/twilio/status/" + id,
            "StatusCallbackMethod=POST",
            "StatusCallbackEvent=initiated",
            "StatusCallbackEvent=ringing",
            "StatusCallbackEvent=answered",
            "StatusCallbackEvent=completed",
            "Timeout=40",
            "TimeLimit=900")
        .anySatisfy(
            field ->
                assertThat(field)
                    .startsWith("Twiml=<?xml")
                    .contains("name=\"call_id\" value=\"" + id + "\""));
  }

  @Test
  void machinesAreLookedForWhileTheCallGoesOn() throws Exception {
    api.answers(201, call("queued")).answers(201, call("queued"));
    CallId id = CallId.random();

    carrier.dial(id, Briefs.request());
    carrierAt(api.baseUrl(), true).dial(id, Briefs.request());

    assertThat(fields(api.asked().get(0))).noneMatch(field -> field.contains("Amd"));
    assertThat(fields(api.asked().get(1)))
        .contains(
            "MachineDetection=Enable",
            "AsyncAmd=true",
            "AsyncAmdStatusCallback=https://x.example/twilio/amd/" + id,
            "AsyncAmdStatusCallbackMethod=POST");
  }

  private static List<String> fields(Asked asked) {
    return Arrays.stream(asked.form().split("&"))
        .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 302})
  @Behaviour(1)
  void aServerThatFailsIsNotAskedTwiceForACall(int status) {
    api.answers(status, "").answers(201, call("queued"));

    assertThatExceptionOfType(CarrierUncertainException.class).isThrownBy(this::dial);

    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void anAnswerThatNeverComesLeavesTheCallUncertain() {
    api.answersNever();

    assertThatExceptionOfType(CarrierUncertainException.class).isThrownBy(this::dial);

    assertThat(api.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{}", ""})
  void aSuccessThatNamesNoCallLeavesItUncertain(String body) {
    api.answers(201, body);

    assertThatExceptionOfType(CarrierUncertainException.class).isThrownBy(this::dial);
  }

  @Test
  void aConnectionThatBreaksLeavesTheCallUncertain() throws Exception {
    try (var server = new ServerSocket(0)) {
      var breaker = new Thread(() -> breakFirstConnectionTo(server));
      breaker.start();
      var there = carrierAt(URI.create("http://localhost:" + server.getLocalPort()));

      assertThatExceptionOfType(CarrierUncertainException.class)
          .isThrownBy(() -> there.dial(CallId.random(), Briefs.request()));
      breaker.join();
    }
  }

  private static void breakFirstConnectionTo(ServerSocket server) {
    try (var connection = server.accept()) {
      assertThat(connection.getInputStream().read()).isEqualTo('P');
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, 21211, NUMBER_INVALID",
    "400, 21215, NUMBER_NOT_ALLOWED",
    "400, 21210, CARRIER_MISCONFIGURED",
    "400, 99999, CARRIER_REFUSED",
    "401, 20003, CARRIER_MISCONFIGURED",
    "404, 20404, CARRIER_REFUSED",
    "429, 20429, CARRIER_RATE_LIMITED",
  })
  @Behaviour(5)
  void aRefusalTellsTwiliosCodeAndWords(int status, int code, EndedReason reason) {
    api.answers(status, error(status, code, "not like this"));

    var refusal = catchThrowableOfType(CarrierRefusedException.class, this::dial);

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.code()).isEqualTo(Integer.toString(code));
    assertThat(refusal.words()).isEqualTo("not like this");
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void aRefusalNeedsNoBodyOfTwilios() {
    api.answers(403, "<html>Forbidden</html>");

    var refusal = catchThrowableOfType(CarrierRefusedException.class, this::dial);

    assertThat(refusal.reason()).isEqualTo(EndedReason.CARRIER_MISCONFIGURED);
    assertThat(refusal.code()).isNull();
    assertThat(refusal.words()).isEqualTo("HTTP 403");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 408, 413})
  void anErrorThatIsNotTwiliosLeavesTheCallUncertain(int status) {
    api.answers(status, "<html>Bad Gateway</html>");

    assertThatExceptionOfType(CarrierUncertainException.class).isThrownBy(this::dial);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1", "http://nowhere.invalid"})
  void whereNobodyListensNoPhoneCanHaveRung(String baseUrl) {
    var there = carrierAt(URI.create(baseUrl));

    var refusal =
        catchThrowableOfType(
            CarrierRefusedException.class, () -> there.dial(CallId.random(), Briefs.request()));

    assertThat(refusal.reason()).isEqualTo(EndedReason.CARRIER_UNREACHABLE);
  }

  private void dial() throws CarrierRefusedException, CarrierUncertainException {
    carrier.dial(CallId.random(), Briefs.request());
  }

  // Asking

  @Test
  void aQuestionIsRepeatedOnce() throws Exception {
    api.answers(500, "").answers(200, call("no-answer"));

    assertThat(carrier.fetch("CA1")).hasValue(new CarrierCall("CA1", CallStatus.NO_ANSWER));
    assertThat(api.asked()).extracting(Asked::method).containsExactly("GET", "GET");
  }

  @Test
  void aCallThatTwilioDoesNotKnowIsNone() throws Exception {
    api.answers(404, error(404, 20404, "not found"));

    assertThat(carrier.fetch("CA1")).isEmpty();
  }

  @Test
  void aStatusThatNobodyKnowsIsUncertain() {
    api.answers(200, call("levitating"));

    assertThatExceptionOfType(CarrierUncertainException.class)
        .isThrownBy(() -> carrier.fetch("CA1"));
  }

  @Test
  void callsAreFoundByTheirNumbersAndTheirTime() throws Exception {
    api.answers(
        200,
        listOf(
            listed("CA9", "Sat, 21 Nov 2026 12:00:31 +0000"),
            listed("CA8", "Sat, 21 Nov 2026 12:00:30 +0000"),
            listed("CA7", "Sat, 21 Nov 2026 12:00:00 +0000"),
            listed("CA6", "Sat, 21 Nov 2026 11:59:59 +0000")));

    assertThat(carrier.placed(Briefs.RESTAURANT, FROM, FROM.plusSeconds(30)))
        .extracting(CarrierCall::carrierCallId)
        .containsExactly("CA8", "CA7");
    assertThat(api.asked().get(0).uri().getQuery())
        .contains("To=+14155550100", "From=+14155550199")
        .doesNotContain("StartTime");
  }

  @Test
  void aCallThatIsJustBeingCreatedHasNoTimeYet() throws Exception {
    api.answers(200, "{\"calls\":[{\"sid\":\"CA9\",\"status\":\"queued\",\"date_created\":null}]}");

    assertThat(carrier.placed(Briefs.RESTAURANT, FROM, FROM.plusSeconds(30)))
        .containsExactly(new CarrierCall("CA9", CallStatus.QUEUED));
  }

  private static String listed(String sid, String created) {
    return "{\"sid\":\"%s\",\"status\":\"queued\",\"start_time\":null,\"date_created\":\"%s\"}"
        .formatted(sid, created);
  }

  private static String listOf(String... calls) {
    return "{\"calls\":[" + String.join(",", calls) + "],\"page_size\":50,\"next_page_uri\":null}";
  }

  // Speaking

  @Test
  void wordsAreSaidBeforeTheLineIsClosed() throws Exception {
    api.answers(200, call("in-progress"));

    carrier.say("CA1", "Sorry & goodbye.");

    assertThat(fields(api.asked().get(0)))
        .singleElement()
        .asString()
        .startsWith("Twiml=")
        .endsWith("<Say>Sorry &amp; goodbye.</Say><Hangup/></Response>");
  }

  // Secrets

  @Test
  void noLogTellsTheToken() throws Exception {
    String inHeader =
        Base64.getEncoder().encodeToString(("AC1:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.ALL);
    try {
      api.answers(201, call("queued"));
      dial();
    } finally {
      root.setLevel(before);
      root.detachAppender(log);
    }

    assertThat(log.list).isNotEmpty();
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains(TOKEN) || line.contains(inHeader));
  }

  @Test
  void anAccountDoesNotTellItsToken() {
    var account =
        new TwilioAccount(
            "AC1", TOKEN, new PhoneNumber("+14155550199"), URI.create("https://x.example"));

    assertThat(account.toString()).contains("AC1").doesNotContain(TOKEN);
  }
}

package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.concierge.Behaviour;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import io.dropwizard.core.Configuration;
import io.dropwizard.testing.junit5.DropwizardAppExtension;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DropwizardExtensionsSupport.class)
class TwilioWebhooksTest {

  private static final DropwizardAppExtension<Configuration> APP = TwilioSide.extension();

  private final HttpClient http = HttpClient.newHttpClient();
  private final RecordingLedger ledger = APP.<TwilioSide>getApplication().ledger;
  private final CallId call = ledger.knownCall();

  // What is written down

  @Test
  @Behaviour(14)
  void aStatusIsWrittenDownWithAllThatTwilioSaid() throws Exception {
    Map<String, String> form = status("ringing", "1");
    form.put("Timestamp", "Sat, 21 Nov 2026 11:59:58 +0000");
    form.put("CallerName", "");
    form.put("SipResponseCode", "180");
    form.put("FromCity", "Zürich & \"Umgebung\"");

    assertThat(post("/twilio/status/" + call, form).statusCode()).isEqualTo(204);

    assertThat(ledger.entriesOf(call))
        .containsExactly(
            new LedgerEntry(
                call,
                FactSource.CARRIER_STATUS,
                1,
                Instant.parse("2026-11-21T11:59:58Z"),
                new CallFact.StatusReported(CallStatus.RINGING, "CA1", 180, form)));
  }

  @ParameterizedTest
  @CsvSource({"404, 404", "'', ", "0, ", "none, "})
  void theNetworksAnswerIsWrittenDownByItself(String said, Integer sipCode) throws Exception {
    Map<String, String> form = status("failed", "3");
    form.put("SipResponseCode", said);

    post("/twilio/status/" + call, form);

    assertThat(ledger.entriesOf(call))
        .extracting(LedgerEntry::fact)
        .containsExactly(new CallFact.StatusReported(CallStatus.FAILED, "CA1", sipCode, form));
  }

  @Test
  void aReportWithoutATimeHappenedNow() throws Exception {
    post("/twilio/status/" + call, status("initiated", "0"));

    assertThat(ledger.entriesOf(call)).extracting(LedgerEntry::at).containsExactly(TwilioSide.NOW);
  }

  @ParameterizedTest
  @CsvSource({"stream-started, 0", "stream-stopped, 1", "stream-error, 2"})
  void aStreamEventIsWrittenDownUnderItsStream(String event, long sequence) throws Exception {
    Map<String, String> form =
        form("StreamSid", "MZ1", "StreamEvent", event, "Timestamp", "2026-11-21T11:59:58.123Z");

    assertThat(post("/twilio/stream/" + call, form).statusCode()).isEqualTo(204);

    assertThat(ledger.entriesOf(call))
        .containsExactly(
            new LedgerEntry(
                call,
                FactSource.carrierStream("MZ1"),
                sequence,
                Instant.parse("2026-11-21T11:59:58.123Z"),
                new CallFact.StreamReported(event, form)));
  }

  @Test
  void whoPickedUpIsWrittenDown() throws Exception {
    Map<String, String> form = form("CallSid", "CA1", "AnsweredBy", "machine_start");

    assertThat(post("/twilio/amd/" + call, form).statusCode()).isEqualTo(204);

    assertThat(ledger.entriesOf(call))
        .containsExactly(
            new LedgerEntry(
                call,
                FactSource.CARRIER_DETECTION,
                0,
                TwilioSide.NOW,
                new CallFact.AnsweredBy("machine_start", form)));
  }

  @Test
  @Behaviour(15)
  void aCallThatIsOverIsToldToItsConversation() throws Exception {
    var conversations = APP.<TwilioSide>getApplication().conversations;

    post("/twilio/status/" + call, status("in-progress", "2"));
    assertThat(conversations.ended()).doesNotContain(call);
    post("/twilio/status/" + call, status("completed", "3"));
    assertThat(conversations.ended()).contains(call);
  }

  // What is accepted and changes nothing

  @Test
  @Behaviour(13)
  void aReportThatComesTwiceIsAcceptedTwiceAndCounted() throws Exception {
    post("/twilio/status/" + call, status("ringing", "1"));
    long before = counted("duplicate");

    assertThat(post("/twilio/status/" + call, status("ringing", "1")).statusCode()).isEqualTo(204);

    assertThat(ledger.entriesOf(call)).hasSize(1);
    assertThat(counted("duplicate")).isEqualTo(before + 1);
  }

  @Test
  @Behaviour(17)
  void aReportOnAnUnknownCallIsAcceptedAndCounted() throws Exception {
    long before = counted("unknown_call");

    assertThat(post("/twilio/status/" + CallId.random(), status("ringing", "1")).statusCode())
        .isEqualTo(204);

    assertThat(counted("unknown_call")).isEqualTo(before + 1);
  }

  @Test
  void wordsThatWeDoNotKnowAreSkipped() throws Exception {
    Map<String, String> stream = form("StreamSid", "MZ1", "StreamEvent", "stream-paused");

    assertThat(post("/twilio/status/" + call, status("parked", "1")).statusCode()).isEqualTo(204);
    assertThat(post("/twilio/stream/" + call, stream).statusCode()).isEqualTo(204);

    assertThat(ledger.entriesOf(call)).isEmpty();
  }

  private static long counted(String result) {
    return APP.getEnvironment()
        .metrics()
        .counter(MetricRegistry.name(TwilioWebhooks.class, result))
        .getCount();
  }

  // What is refused

  @Test
  void everyMissingFieldIsNamed() throws Exception {
    HttpResponse<String> answer =
        post("/twilio/status/" + call, form("CallSid", "", "SequenceNumber", "1"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("CallSid", "CallStatus").doesNotContain("SequenceNumber");
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "-1", "1.5", "12345678901234567890"})
  void aSequenceThatIsNoNumberIsRefused(String sequence) throws Exception {
    HttpResponse<String> answer = post("/twilio/status/" + call, status("ringing", sequence));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("SequenceNumber");
  }

  @Test
  void aNameThatIsNoCallIsNotFound() throws Exception {
    assertThat(post("/twilio/status/42", status("ringing", "1")).statusCode()).isEqualTo(404);
  }

  @Test
  void whenTheLedgerIsAwayTheReportWaitsInTheSpool() throws Exception {
    ledger.away(true);
    try {
      assertThat(post("/twilio/status/" + call, status("ringing", "1")).statusCode())
          .isEqualTo(204);
    } finally {
      ledger.away(false);
    }

    assertThat(APP.<TwilioSide>getApplication().spooled)
        .filteredOn(entry -> entry.callId().equals(call))
        .extracting(LedgerEntry::sequence)
        .containsExactly(1L);
    assertThat(ledger.entriesOf(call)).isEmpty();
    assertThat(counted("spooled")).isEqualTo(1);
  }

  // Who may report

  @ParameterizedTest
  @ValueSource(strings = {"status", "stream", "amd"})
  @Behaviour(10)
  void anUnsignedReportIsForbidden(String kind) throws Exception {
    String path = "/twilio/" + kind + "/" + call;
    Map<String, String> form = status("completed", "3");
    form.putAll(Map.of("StreamSid", "MZ1", "StreamEvent", "stream-error", "AnsweredBy", "fax"));

    assertThat(send(path, encoded(form), null).statusCode()).isEqualTo(403);

    assertThat(ledger.entriesOf(call)).isEmpty();
  }

  @Test
  @Behaviour({10, 11})
  void aSignatureOverAnotherUrlFormOrTokenIsForbidden() throws Exception {
    String path = "/twilio/status/" + call;
    String url = TwilioSide.PUBLIC_URL.status(call).toString();
    Map<String, String> form = status("completed", "3");
    String body = encoded(form);

    assertThat(send(path, body, sign("https://localhost" + path, form)).statusCode())
        .isEqualTo(403);
    assertThat(send(path, body, sign(url, status("completed", "4"))).statusCode()).isEqualTo(403);
    assertThat(send(path, body, TwilioSigner.sign("guess", url, form)).statusCode()).isEqualTo(403);
    assertThat(send(path + "?x=1", body, sign(url, form)).statusCode()).isEqualTo(403);
    assertThat(ledger.entriesOf(call)).isEmpty();

    assertThat(send(path, body, sign(url, form)).statusCode()).isEqualTo(204);
  }

  @Test
  void theQueryIsSignedToo() throws Exception {
    String query = "?a=b%2Bc";
    Map<String, String> form = status("ringing", "1");
    String signature = sign(TwilioSide.PUBLIC_URL.status(call) + query, form);

    assertThat(send("/twilio/status/" + call + query, encoded(form), signature).statusCode())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CallStatus=%zz", "a=1&a=2"})
  void aFormThatCannotBeReadIsRefused(String body) throws Exception {
    assertThat(send("/twilio/status/" + call, body, "whatever").statusCode()).isEqualTo(400);
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    String body = "CallSid=" + "A".repeat(64 * 1024);

    assertThat(send("/twilio/status/" + call, body, "whatever").statusCode()).isEqualTo(413);
  }

  private static Map<String, String> status(String status, String sequence) {
    return form("CallSid", "CA1", "CallStatus", status, "SequenceNumber", sequence);
  }

  private static Map<String, String> form(String... namesAndValues) {
    Map<String, String> form = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return form;
  }

  private static String sign(String url, Map<String, String> form) {
    return TwilioSigner.sign(TwilioSide.TOKEN, url, form);
  }

  private HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
    return send(path, encoded(form), sign(TwilioSide.PUBLIC_URL.base() + path, form));
  }

  private HttpResponse<String> send(String path, String body, String signature) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + APP.getLocalPort() + path))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(BodyPublishers.ofString(body));
    if (signature != null) {
      request.header("X-Twilio-Signature", signature);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

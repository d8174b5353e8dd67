package dev.concierge.sandbox.carrier;

import static dev.concierge.sandbox.carrier.CarrierRig.ACCOUNT;
import static dev.concierge.sandbox.carrier.CarrierRig.FROM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST API as Twilio's own library sees it. */
class CallsApiTest {

  private static final String TALK = "<Response><Pause length=\"600\"/></Response>";

  private static CarrierRig rig;
  private static TwilioRestClient twilio;

  @BeforeAll
  static void start() throws Exception {
    rig = new CarrierRig();
    twilio = rig.twilio();
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @Test
  void aCreatedCallIsQueued() {
    Call call = creator("+14155550100", TALK).create(twilio);

    assertThat(call.getSid()).matches("CA[0-9a-f]{32}");
    assertThat(call.getStatus()).isEqualTo(Call.Status.QUEUED);
    assertThat(call.getDirection()).isEqualTo("outbound-api");
    assertThat(call.getTo()).isEqualTo("+14155550100");
    assertThat(call.getFrom()).isEqualTo(FROM);
    assertThat(call.getAccountSid()).isEqualTo(ACCOUNT);
    assertThat(call.getDateCreated()).isNotNull();
    assertThat(call.getPrice()).isNull();
    assertThat(call.getDuration()).isNull();
    assertThat(call.getUri())
        .isEqualTo("/2010-04-01/Accounts/" + ACCOUNT + "/Calls/" + call.getSid() + ".json");
    assertThat(call.getSubresourceUris()).containsKey("streams");
  }

  @Test
  void aCallIsHungUpOnceAndThenNotFound() {
    Call call = creator("+14155550100", TALK).create(twilio);
    awaitStatus(call, Call.Status.IN_PROGRESS);

    Call ended = Call.updater(call.getSid()).setStatus(Call.UpdateStatus.COMPLETED).update(twilio);

    assertThat(ended.getStatus()).isEqualTo(Call.Status.COMPLETED);
    assertThat(ended.getEndTime()).isNotNull();
    assertThat(Integer.parseInt(ended.getDuration())).isPositive();
    assertThatThrownBy(
            () -> Call.updater(call.getSid()).setStatus(Call.UpdateStatus.COMPLETED).update(twilio))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(20404));
  }

  @Test
  void aCallIsCanceledWhileItRingsButNotOnceItIsAnswered() {
    Call ringing = creator("+14155550109", TALK).create(twilio);
    awaitStatus(ringing, Call.Status.RINGING);
    assertThat(cancel(ringing)).isEqualTo(Call.Status.CANCELED);

    Call answered = creator("+14155550100", TALK).create(twilio);
    awaitStatus(answered, Call.Status.IN_PROGRESS);
    assertThat(cancel(answered)).isEqualTo(Call.Status.IN_PROGRESS);
  }

  @Test
  void onlyACallInProgressIsRedirected() {
    Call call = creator("+14155550109", TALK).create(twilio);

    assertThatThrownBy(() -> Call.updater(call.getSid()).setTwiml(new Twiml(TALK)).update(twilio))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(21220));
  }

  @ParameterizedTest
  @CsvSource({"+14155550108, BUSY", "+14155550109, NO_ANSWER", "+14155550110, FAILED"})
  void whoDoesNotPickUpIsToldApart(String to, Call.Status status) {
    awaitStatus(creator(to, TALK).create(twilio), status);
  }

  @Test
  void itRingsNoLongerThanTheTimeout() {
    Call call = creator("+14155550107", TALK).setTimeout(1).create(twilio);

    awaitStatus(call, Call.Status.NO_ANSWER);
  }

  @Test
  void aCallLastsNoLongerThanTheTimeLimit() {
    Call call = creator("+14155550100", TALK).setTimeLimit(3).create(twilio);

    awaitStatus(call, Call.Status.COMPLETED);
    assertThat(Call.fetcher(call.getSid()).fetch(twilio).getDuration()).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<Response><Pause length=\"2\"/><Hangup/><Pause length=\"600\"/></Response> | COMPLETED",
        "<Response><Say>Hello.</Say></Response> | COMPLETED",
        "<Response/> | COMPLETED",
        "<Response><Dial>1</Dial></Response> | FAILED",
        "junk | FAILED"
      })
  void theTwimlDecidesHowTheCallEnds(String twiml, Call.Status status) {
    awaitStatus(creator("+14155550100", twiml).create(twilio), status);
  }

  @Test
  void callsAreListedNewestFirstPageByPageAndFiltered() {
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      placed.add(0, creator("+14155550112", TALK).create(twilio).getSid());
    }

    List<String> listed = new ArrayList<>();
    Call.reader()
        .setTo(new PhoneNumber("+14155550112"))
        .setFrom(new PhoneNumber(FROM))
        .setPageSize(2L)
        .read(twilio)
        .forEach(call -> listed.add(call.getSid()));

    assertThat(listed).isEqualTo(placed);
    assertThat(
            Call.reader()
                .setTo(new PhoneNumber("+14155550112"))
                .setStatus(Call.Status.BUSY)
                .read(twilio))
        .isEmpty();
  }

  @Test
  void aFilterThatTheSandboxDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> Call.reader().setParentCallSid("CA1").read(twilio).iterator().next())
        .hasMessageContaining("ParentCallSid");
  }

  @ParameterizedTest
  @CsvSource({
    "+1415, 21211",
    "+1 415 555 0100, 21211",
    "nobody, 21211",
  })
  void aNumberThatCannotExistIsNotCalled(String to, int code) {
    assertRefused(creator(to, TALK), 400, code);
  }

  @Test
  void badRequestsAreAnsweredWithTwiliosErrors() {
    assertRefused(
        Call.creator(new PhoneNumber("+14155550100"), new PhoneNumber("me"), new Twiml(TALK)),
        400,
        21212);
    assertRefused(creator("+14155550100", "x".repeat(4_001)), 400, 32018);
    assertRefused(
        Call.creator(
            new PhoneNumber("+14155550100"),
            new PhoneNumber(FROM),
            URI.create("https://example.com")),
        400,
        21205);
    assertRefused(creator("+14155550100", TALK).setTimeout(601), 400, 20001);
    assertRefused(
        creator("+14155550100", TALK).setStatusCallbackEvent(List.of("finished")), 400, 20001);
    assertRefused(creator("+14155550100", TALK).setStatusCallback("ftp://me"), 400, 21609);
    assertRefused(creator("+14155550100", TALK).setMachineDetection("Enable"), 400, 20001);
    assertRefused(
        creator("+14155550100", TALK).setMachineDetection("Enable").setAsyncAmd("true"),
        400,
        21262);
  }

  @Test
  void anUnknownCallIsNotFound() {
    assertThatThrownBy(() -> Call.fetcher("CA1").fetch(twilio))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.getStatusCode()).isEqualTo(404);
              assertThat(e.getCode()).isEqualTo(20404);
            });
  }

  @Test
  void withoutTheTokenNothingIsAnswered() {
    assertThatThrownBy(() -> creator("+14155550100", TALK).create(rig.twilio("wrong")))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.getStatusCode()).isEqualTo(401);
              assertThat(e.getCode()).isEqualTo(20003);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /Calls.json, To=%zz, 400",
    "POST, /Calls.json, '', 400",
    "PUT, /Calls.json, '', 405",
    "GET, /Messages.json, '', 404"
  })
  void everyErrorHasTwiliosBody(String method, String path, String body, int status)
      throws Exception {
    String credentials =
        Base64.getEncoder()
            .encodeToString((ACCOUNT + ":" + CarrierRig.TOKEN).getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(rig.url("/2010-04-01/Accounts/" + ACCOUNT + path)))
                    .header("Authorization", "Basic " + credentials)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new ObjectMapper().readTree(answer.body()).fieldNames())
        .toIterable()
        .containsExactly("code", "message", "more_info", "status");
  }

  private static CallCreator creator(String to, String twiml) {
    return Call.creator(new PhoneNumber(to), new PhoneNumber(FROM), new Twiml(twiml));
  }

  private static Call.Status cancel(Call call) {
    return Call.updater(call.getSid())
        .setStatus(Call.UpdateStatus.CANCELED)
        .update(twilio)
        .getStatus();
  }

  private static void awaitStatus(Call call, Call.Status status) {
    await()
        .untilAsserted(
            () ->
                assertThat(Call.fetcher(call.getSid()).fetch(twilio).getStatus())
                    .isEqualTo(status));
  }

  private static void assertRefused(CallCreator creator, int status, int code) {
    assertThatThrownBy(() -> creator.create(twilio))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.getStatusCode()).isEqualTo(status);
              assertThat(e.getCode()).isEqualTo(code);
            });
  }
}

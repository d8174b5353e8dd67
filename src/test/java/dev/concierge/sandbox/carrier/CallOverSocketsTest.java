package dev.concierge.sandbox.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.security.RequestValidator;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import dev.concierge.audio.MuLaw;
import dev.concierge.sandbox.carrier.CarrierRig.Callback;
import dev.concierge.sandbox.carrier.CarrierRig.Stream;
import dev.concierge.sandbox.voice.Ear;
import dev.concierge.sandbox.voice.Heard;
import dev.concierge.sandbox.voice.Speaker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a customer is told of a call, and its Media Stream. */
class CallOverSocketsTest {

  private static final String CONFIRMS = "+14155550100";
  private static final String VOICEMAIL = "+14155550107";
  private static final String GREETING = "Good evening, Demo Restaurant. How can I help you?";

  private CarrierRig rig;
  private TwilioRestClient twilio;

  @BeforeEach
  void start() throws Exception {
    rig = new CarrierRig();
    twilio = rig.twilio();
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  @Test
  void theCustomerIsToldOfEveryStepInOrderAndSigned() {
    Call call = call(CONFIRMS, "<Response><Pause length=\"61\"/></Response>").create(twilio);

    awaitStatuses("initiated", "ringing", "in-progress", "completed");
    assertThat(rig.callbacks)
        .extracting(callback -> callback.form().get("SequenceNumber"))
        .containsExactly("0", "1", "2", "3");
    assertThat(rig.callbacks).allSatisfy(CallOverSocketsTest::assertSigned);
    Map<String, String> first = rig.callbacks.get(0).form();
    assertThat(first)
        .containsEntry("CallSid", call.getSid())
        .containsEntry("AccountSid", CarrierRig.ACCOUNT)
        .containsEntry("From", CarrierRig.FROM)
        .containsEntry("To", CONFIRMS)
        .containsEntry("Direction", "outbound-api")
        .containsEntry("ApiVersion", "2010-04-01")
        .containsEntry("CallbackSource", "call-progress-events")
        .doesNotContainKey("CallDuration");
    assertThat(first.get("Timestamp"))
        .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000");
    assertThat(rig.callbacks.get(3).form())
        .containsEntry("CallDuration", "62")
        .containsEntry("Duration", "2")
        .containsEntry("SipResponseCode", "200");
  }

  @Test
  void onlyTheEndIsToldUnlessMoreIsAskedFor() {
    Call.creator(
            new PhoneNumber(CONFIRMS), new PhoneNumber(CarrierRig.FROM), new Twiml("<Response/>"))
        .setStatusCallback(rig.url("/callbacks/status"))
        .create(twilio);

    awaitStatuses("completed");
    assertThat(rig.callbacks.get(0).form()).containsEntry("SequenceNumber", "0");
  }

  @Test
  void aCallbackThatFailsIsSentOnceMoreAndTheOrderIsKept() {
    rig.failures.set(1);

    call("+14155550108", "<Response/>").create(twilio);

    awaitStatuses("initiated", "busy");
    assertThat(rig.callbacks.get(1).form()).containsEntry("SipResponseCode", "486");
  }

  @Test
  void aCallbackThatFailsTwiceIsGivenUp() {
    rig.failures.set(2);

    call("+14155550108", "<Response/>").create(twilio);

    awaitStatuses("busy");
  }

  @Test
  void twimlThatCannotBeCarriedOutIsToldAsAnApplicationError() {
    call(CONFIRMS, "<Response><Dial>1</Dial></Response>").create(twilio);

    awaitStatuses("initiated", "ringing", "in-progress", "failed");
    assertThat(rig.callbacks.get(3).form())
        .containsEntry("ErrorCode", "12200")
        .extractingByKey("ErrorMessage")
        .asString()
        .contains("<Dial>");
  }

  @Test
  void aStreamBeginsAsTwiliosDo() throws Exception {
    Call call = call(CONFIRMS, rig.connect("")).create(twilio);
    Stream stream = rig.nextStream();
    await().until(() -> stream.messages.size() > 20);

    assertThat(
            new RequestValidator(CarrierRig.TOKEN)
                .validate(rig.streamUrl(), Map.of(), stream.signature))
        .isTrue();
    JsonNode connected = stream.messages.get(0);
    assertThat(connected.path("event").asText()).isEqualTo("connected");
    assertThat(connected.path("protocol").asText()).isEqualTo("Call");
    assertThat(connected.has("streamSid")).isFalse();
    JsonNode start = stream.messages.get(1);
    assertThat(start.path("event").asText()).isEqualTo("start");
    assertThat(start.path("streamSid").asText()).matches("MZ[0-9a-f]{32}");
    assertThat(start.at("/start/callSid").asText()).isEqualTo(call.getSid());
    assertThat(start.at("/start/accountSid").asText()).isEqualTo(CarrierRig.ACCOUNT);
    assertThat(start.at("/start/customParameters/party").textValue()).isEqualTo("4");
    assertThat(start.at("/start/mediaFormat/encoding").asText()).isEqualTo("audio/x-mulaw");
    IntStream.range(1, 20)
        .forEach(
            i -> {
              JsonNode media = stream.messages.get(i + 1);
              assertThat(media.path("event").asText()).isEqualTo("media");
              assertThat(media.path("sequenceNumber").textValue()).isEqualTo("" + (i + 1));
              assertThat(media.at("/media/chunk").textValue()).isEqualTo("" + i);
              assertThat(media.at("/media/timestamp").textValue()).isEqualTo("" + (i - 1) * 20);
              assertThat(audio(media)).hasSize(160);
            });
    assertThat(rig.streamEvents()).containsExactly("stream-started");
  }

  @Test
  void theHostIsHeardAndUnderstandsWhatIsPlayed() throws Exception {
    call(CONFIRMS, rig.connect("")).create(twilio);
    Stream stream = rig.nextStream();
    awaitHeard(stream, GREETING);

    stream.sendMedia(line("I would like to book a table for two on Friday at 6 PM."));

    awaitHeard(
        stream,
        GREETING,
        "A table for two on Friday at 6 PM, yes, we have that. What name, please?");
    stream.sendMedia(line("Goodbye."));
    awaitStatuses("initiated", "ringing", "in-progress", "completed");
    await().until(() -> stream.closed);
    assertThat(stream.of("stop")).hasSize(1);
    assertThat(rig.streamEvents()).containsExactly("stream-started", "stream-stopped");
    assertThat(rig.callbacks).allSatisfy(CallOverSocketsTest::assertSigned);
  }

  @Test
  void anAudioWithAMissingByteIsNotUnderstood() throws Exception {
    call("+14155550102", rig.connect("")).create(twilio);
    Stream stream = rig.nextStream();
    awaitHeard(stream, GREETING);
    byte[] line = line("I would like to book a table for two on Friday at 6 PM.");
    byte[] damaged = Arrays.copyOf(line, line.length - 1);
    System.arraycopy(
        line, line.length / 2 + 1, damaged, line.length / 2, line.length - line.length / 2 - 1);

    stream.sendMedia(damaged);

    awaitHeard(
        stream,
        GREETING,
        "I am sorry, we are fully booked that day. There is nothing I can offer you.");
  }

  @Test
  void aMarkComesBackWhenWhatIsBeforeItWasPlayed() throws Exception {
    call(VOICEMAIL, rig.connect("")).create(twilio);
    Stream stream = rig.nextStream();
    stream.sendMark("at once");
    await().until(() -> stream.of("mark").size() == 1);

    int before = stream.of("media").size();
    stream.sendMedia(new byte[(int) MuLaw.bytesOf(4_000)]);
    stream.sendMark("played");
    await().until(() -> stream.of("mark").size() == 2);

    JsonNode played = stream.of("mark").get(1);
    long framesMeanwhile =
        stream.messages.stream()
            .takeWhile(message -> !message.equals(played))
            .filter(message -> message.path("event").asText().equals("media"))
            .count();
    assertThat(framesMeanwhile - before).isGreaterThanOrEqualTo(199);
    assertThat(stream.of("mark").get(1).at("/mark/name").asText()).isEqualTo("played");
  }

  @Test
  void clearGivesTheMarksBackBeforeTheirTime() throws Exception {
    call(VOICEMAIL, rig.connect("")).create(twilio);
    Stream stream = rig.nextStream();
    stream.sendMedia(new byte[(int) MuLaw.bytesOf(300_000)]);
    stream.sendMark("a");
    stream.sendMark("b");

    stream.send("{'event':'clear','streamSid':'" + stream.sid() + "'}");

    await().until(() -> stream.of("mark").size() == 2);
    assertThat(stream.of("mark"))
        .extracting(mark -> mark.at("/mark/name").asText())
        .containsExactly("a", "b");
  }

  @Test
  void aProtocolErrorEndsTheStreamAndIsTold() throws Exception {
    call(CONFIRMS, rig.connect("")).create(twilio);
    Stream stream = rig.nextStream();

    stream.send("{'event':'speak'}");

    awaitStatuses("initiated", "ringing", "in-progress", "completed");
    await().until(() -> stream.closed);
    assertThat(rig.streamEvents()).containsExactly("stream-started", "stream-error");
    assertThat(streamError()).startsWith("31924 ");
  }

  @Test
  void whenTheServerClosesTheSocketTheNextVerbFollows() throws Exception {
    call(VOICEMAIL, rig.connect("<Pause length=\"600\"/>")).create(twilio);
    Stream stream = rig.nextStream();

    stream.hangUp();

    await().until(() -> rig.streamEvents().contains("stream-stopped"));
    assertThat(rig.statuses()).doesNotContain("completed");
  }

  @Test
  void whenTheServerClosesTheSocketAndNoVerbIsLeftTheCallEnds() throws Exception {
    call(VOICEMAIL, rig.connect("")).create(twilio);

    rig.nextStream().hangUp();

    awaitStatuses("initiated", "ringing", "in-progress", "completed");
  }

  @Test
  void aRedirectStopsTheStreamAndCarriesOutTheNewTwiml() throws Exception {
    Call call = call(VOICEMAIL, rig.connect("")).create(twilio);
    Stream stream = rig.nextStream();

    Call.updater(call.getSid())
        .setTwiml(new Twiml("<Response><Say>Sorry. Goodbye.</Say><Hangup/></Response>"))
        .update(twilio);

    await().until(() -> stream.closed);
    assertThat(stream.of("stop")).hasSize(1);
    awaitStatuses("initiated", "ringing", "in-progress", "completed");
  }

  @Test
  void aRefusedUpgradeIsToldAndTheNextVerbFollows() {
    String nowhere = rig.connect("").replace("/stream\" ", "/nowhere\" ");

    call(CONFIRMS, nowhere).create(twilio);

    awaitStatuses("initiated", "ringing", "in-progress", "completed");
    assertThat(streamError()).startsWith("31920 ").contains("404");
  }

  @Test
  void aStreamAddressWithAQueryStringIsNotCalled() {
    call(CONFIRMS, rig.connect("").replace("/stream\" ", "/stream?token=1\" ")).create(twilio);

    awaitStatuses("initiated", "ringing", "in-progress", "completed");
    assertThat(streamError()).startsWith("31920 ").contains("query");
    assertThat(rig.streams).isEmpty();
  }

  @Test
  void twoCallsAtOnceDoNotMix() throws Exception {
    call(CONFIRMS, rig.connect("")).create(twilio);
    Stream first = rig.nextStream();
    call("+14155550103", rig.connect("")).create(twilio);
    Stream second = rig.nextStream();

    awaitHeard(first, GREETING);
    awaitHeard(second, "Demo Restaurant, hello.");
    assertThat(first.sid()).isNotEqualTo(second.sid());
  }

  @Test
  void stoppingHangsUpAndTellsTheCustomer() throws Exception {
    call(CONFIRMS, rig.connect("")).create(twilio);
    Stream stream = rig.nextStream();

    rig.stopCarrier();

    awaitStatuses("initiated", "ringing", "in-progress", "completed");
    await().until(() -> stream.closed);
  }

  private CallCreator call(String to, String twiml) {
    return Call.creator(new PhoneNumber(to), new PhoneNumber(CarrierRig.FROM), new Twiml(twiml))
        .setStatusCallback(rig.url("/callbacks/status"))
        .setStatusCallbackEvent(List.of("initiated", "ringing", "answered", "completed"));
  }

  private byte[] line(String words) {
    return rig.voices.speak(Speaker.AGENT, words);
  }

  private void awaitStatuses(String... statuses) {
    await().untilAsserted(() -> assertThat(rig.statuses()).containsExactly(statuses));
  }

  private void awaitHeard(Stream stream, String... lines) {
    await().untilAsserted(() -> assertThat(heard(stream)).containsExactly(lines));
  }

  private List<String> heard(Stream stream) {
    List<String> lines = new ArrayList<>();
    Ear ear = new Ear(rig.voices.phrasebook());
    for (JsonNode media : stream.of("media")) {
      ear.hear(
          audio(media),
          heard -> {
            if (heard instanceof Heard.Ended ended) {
              lines.add(ended.text());
            }
          });
    }
    return lines;
  }

  private String streamError() {
    return rig.callbacks.stream()
        .map(callback -> callback.form().get("StreamError"))
        .filter(error -> error != null)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] audio(JsonNode media) {
    return Base64.getDecoder().decode(media.at("/media/payload").asText());
  }

  private static void assertSigned(Callback callback) {
    assertThat(
            new RequestValidator(CarrierRig.TOKEN)
                .validate(callback.url(), callback.form(), callback.signature()))
        .isTrue();
  }
}

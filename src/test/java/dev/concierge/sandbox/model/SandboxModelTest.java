package dev.concierge.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.concierge.audio.MuLaw;
import dev.concierge.sandbox.voice.Speaker;
import dev.concierge.sandbox.voice.Voices;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SandboxModelTest {

  private static final Voices VOICES = new Voices();

  @RegisterExtension static final SandboxModelServer SERVER = new SandboxModelServer(VOICES);

  private RealtimeClient client;

  @AfterEach
  void hangUp() {
    if (client != null) {
      client.close();
    }
  }

  @Test
  void aTurnIsFoundAnsweredAndTranscribed() {
    open();
    String line = "Good evening, Demo Restaurant. How may I help you?";
    byte[] spoken = VOICES.speak(Speaker.HOST, line);
    client.append(silence(1_003));
    client.say(spoken);

    List<JsonNode> events = client.awaitAll("rate_limits.updated");

    assertThat(distinctTypes(events).filter(type -> !type.contains("transcription")))
        .containsExactly(
            "input_audio_buffer.speech_started",
            "input_audio_buffer.speech_stopped",
            "input_audio_buffer.committed",
            "conversation.item.added",
            "conversation.item.done",
            "response.created",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_audio_transcript.delta",
            "response.output_audio.delta",
            "response.output_audio.done",
            "response.output_audio_transcript.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.done",
            "rate_limits.updated");
    assertThat(distinctTypes(events))
        .containsSubsequence(
            "response.created", "conversation.item.input_audio_transcription.completed");
    assertThat(of(events, "conversation.item.input_audio_transcription.completed"))
        .extracting(event -> event.get("transcript").textValue())
        .containsExactly(line);
    long stoppedMs =
        of(events, "input_audio_buffer.speech_stopped").get(0).get("audio_end_ms").longValue();
    assertThat(stoppedMs)
        .isBetween(MuLaw.msOf(spoken.length) + 580, MuLaw.msOf(spoken.length) + 630);
  }

  @Test
  void whatTheModelSaysIsInItsAudioByteForByte() {
    open();
    client.send("{'type':'response.create'}");

    List<JsonNode> events = client.awaitAll("response.done");

    String transcript =
        of(events, "response.output_audio_transcript.done").get(0).get("transcript").textValue();
    assertThat(transcript).startsWith("Hello, this is an AI assistant calling for Alex Doe.");
    assertThat(audio(events)).isEqualTo(VOICES.speak(Speaker.AGENT, transcript));
    assertThat(
            of(events, "response.output_audio.delta").stream()
                .map(delta -> Base64.getDecoder().decode(delta.get("delta").textValue()).length)
                .limit(3))
        .allSatisfy(
            bytes -> {
              assertThat(bytes).isBetween(800, 3_200);
              assertThat(bytes % MuLaw.FRAME_BYTES).isNotZero();
            });
  }

  @Test
  void theInstructionsOfAResponseTakeThePlaceOfTheSessions() {
    open();
    assertThat(saidWhenTold("Greet whoever picked up.")).contains("I have lost my instructions");
    assertThat(saidWhenTold(MindTest.INSTRUCTIONS + "\n\nGreet whoever picked up."))
        .startsWith("Hello, this is an AI assistant calling for Alex Doe.");
    assertThat(saidWhenTold(MindTest.INSTRUCTIONS + "\n\nAsk if they are still there."))
        .isEqualTo("Hello, are you still there?");
  }

  private String saidWhenTold(String instructions) {
    client.send(
        "{'type':'response.create','response':{'instructions':%s}}"
            .formatted(TextNode.valueOf(instructions)));
    return of(client.awaitAll("response.done"), "response.output_audio_transcript.done")
        .get(0)
        .get("transcript")
        .textValue();
  }

  @Test
  void theSoundThatNobodyUnderstandsIsAskedAboutAndNotTranscribed() {
    open();
    greet();
    byte[] spoken = VOICES.speak(Speaker.HOST, "For how many people would that be?").clone();
    spoken[2_000] ^= 1;
    client.say(spoken);

    List<JsonNode> events = client.awaitAll("response.done");

    assertThat(of(events, "response.output_audio_transcript.done").get(0).get("transcript"))
        .isEqualTo(
            TextNode.valueOf(
                "I am sorry, I did not understand. Could you say that again, please?"));
    assertThat(distinctTypes(events))
        .contains("conversation.item.input_audio_transcription.failed");
  }

  @Test
  void aToolIsCalledAnsweredAndThenTheGoodbyeIsSaid() {
    open();
    greet();
    client.say(VOICES.speak(Speaker.HOST, "I am afraid we are fully booked."));
    List<JsonNode> events = client.awaitAll("response.done");
    JsonNode call = of(events, "response.function_call_arguments.done").get(0);
    assertThat(RealtimeClient.json(call.get("arguments").textValue()).get("result").textValue())
        .isEqualTo("declined");
    assertThat(events.get(events.size() - 1).at("/response/output/0/name").textValue())
        .isEqualTo("record_outcome");

    client.send(
        "{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'%s',"
                .formatted(call.get("call_id").textValue())
            + "'output':'fine'}}");
    client.send("{'type':'response.create'}");
    JsonNode output = client.await("response.done").at("/response/output");

    assertThat(output.at("/0/content/0/transcript").textValue())
        .isEqualTo("I understand. I will tell the guest. Thank you very much. Goodbye!");
    assertThat(output.at("/1/name").textValue()).isEqualTo("end_call");
    assertThat(output.at("/1/arguments").textValue()).isEqualTo("{}");
  }

  @Test
  void everyResponseIsBilledForTheWholeConversationAndTheCacheGivesSomeBack() {
    open();
    JsonNode first = greet().at("/response/usage");
    client.say(VOICES.speak(Speaker.HOST, "For how many people would that be?"));
    JsonNode second = client.await("response.done").at("/response/usage");

    long spokenTokens = first.at("/output_token_details/audio_tokens").longValue();
    assertThat(first.at("/input_token_details/audio_tokens").longValue()).isZero();
    assertThat(spokenTokens).isGreaterThan(100);
    assertThat(second.at("/input_token_details/audio_tokens").longValue())
        .isGreaterThan(spokenTokens);
    assertThat(second.at("/input_token_details/cached_tokens").longValue()).isPositive();
    assertThat(second.get("total_tokens").longValue())
        .isEqualTo(
            second.get("input_tokens").longValue() + second.get("output_tokens").longValue());
  }

  @Test
  void speechOfTheCallerCutsTheModelShort() {
    open();
    client.send("{'type':'response.create'}");
    JsonNode item = client.await("response.output_item.added").get("item");
    client.await("response.output_audio.delta");
    client.append(VOICES.speak(Speaker.HOST, "Sorry, just a moment."));

    List<JsonNode> events = client.awaitAll("response.done");

    JsonNode response = events.get(events.size() - 1).get("response");
    assertThat(response.get("status").textValue()).isEqualTo("cancelled");
    assertThat(response.at("/status_details/reason").textValue()).isEqualTo("turn_detected");
    assertThat(response.at("/output/0/status").textValue()).isEqualTo("incomplete");
    assertThat(distinctTypes(events))
        .containsSubsequence(
            "input_audio_buffer.speech_started",
            "response.output_audio.done",
            "response.output_item.done",
            "response.done");
    client.append(silence(8_000));
    assertThat(client.await("response.output_item.done").at("/item/content/0/transcript"))
        .isEqualTo(TextNode.valueOf("Of course, I will hold."));
    assertThat(item.get("status").textValue()).isEqualTo("in_progress");
  }

  @Test
  void onlyOneResponseIsMadeAtATimeAndItCanBeCancelled() {
    open();
    client.send("{'type':'response.create'}");
    client.send("{'type':'response.create'}");
    assertThat(client.await("error").at("/error/code").textValue())
        .isEqualTo("conversation_already_has_active_response");

    client.send("{'type':'response.cancel'}");
    assertThat(client.await("response.done").at("/response/status_details/reason").textValue())
        .isEqualTo("client_cancelled");
  }

  @Test
  void whatWasNotHeardIsTruncated() {
    open();
    String itemId = greet().at("/response/output/0/id").textValue();
    client.send(truncation(itemId, 60_000));
    assertThat(client.await("error").at("/error/message").textValue())
        .matches("Audio content of \\d+ms is already shorter than 60000ms");

    client.send(truncation(itemId, 1_200));
    assertThat(client.await("conversation.item.truncated").get("audio_end_ms").intValue())
        .isEqualTo(1_200);
    client.send(truncation(itemId, 1_201));
    assertThat(client.await("error").at("/error/message").textValue())
        .isEqualTo("Audio content of 1200ms is already shorter than 1201ms");
    client.send("{'type':'conversation.item.retrieve','item_id':'%s'}".formatted(itemId));
    assertThat(
            client
                .await("conversation.item.retrieved")
                .at("/item/content/0/transcript")
                .textValue())
        .isEmpty();
  }

  @Test
  void theVoiceStaysOnceItWasHeard() {
    open();
    greet();
    client.send(
        "{'type':'session.update','session':{'type':'realtime','audio':{'output':{"
            + "'voice':'cedar'}}}}");

    assertThat(client.await("error").at("/error/code").textValue())
        .isEqualTo("cannot_update_voice");
  }

  @Test
  void linearAudioIsUnderstoodAsWellAsMuLaw() {
    client = SERVER.connect();
    client.send(
        SandboxModelServer.update("'transcription':{'model':'gpt-transcribe'}", "'voice':'marin'"));
    byte[] mulaw = VOICES.speak(Speaker.HOST, "Hello?");
    client.say(AudioFormat.PCM.fromMulaw(mulaw), (byte) 0, 48);

    assertThat(
            client
                .await("conversation.item.input_audio_transcription.completed")
                .get("transcript")
                .textValue())
        .isEqualTo("Hello?");
    client.await("response.done");
  }

  @Test
  void withoutTurnDetectionTheClientSaysWhenATurnIsOver() {
    client = SERVER.connect();
    client.send(
        SandboxModelServer.update(
            "'turn_detection':null,'format':{'type':'audio/pcmu'},"
                + "'transcription':{'model':'gpt-transcribe'}",
            "'voice':'marin'"));
    client.append(VOICES.speak(Speaker.HOST, "Good evening."));
    client.send("{'type':'input_audio_buffer.commit'}");

    List<JsonNode> events =
        client.awaitAll("conversation.item.input_audio_transcription.completed");

    assertThat(events.get(events.size() - 1).get("transcript").textValue())
        .isEqualTo("Good evening.");
    assertThat(RealtimeClient.types(events))
        .doesNotContain("input_audio_buffer.speech_started", "response.created");
  }

  /** Opens a session that is set up as a bridge to a telephone sets it up. */
  private void open() {
    client = SERVER.connect();
    client.await("session.created");
    client.send(
        SandboxModelServer.update(
            "'format':{'type':'audio/pcmu'},'transcription':{'model':'gpt-transcribe'}",
            "'format':{'type':'audio/pcmu'},'voice':'marin'"));
    client.await("session.updated");
  }

  private static String truncation(String itemId, int endMs) {
    return "{'type':'conversation.item.truncate','item_id':'%s','content_index':0,'audio_end_ms':%d}"
        .formatted(itemId, endMs);
  }

  /** Has the model introduce itself. */
  private JsonNode greet() {
    client.send("{'type':'response.create'}");
    return client.await("response.done");
  }

  private static List<JsonNode> of(List<JsonNode> events, String type) {
    return events.stream().filter(event -> event.get("type").textValue().equals(type)).toList();
  }

  private static Stream<String> distinctTypes(List<JsonNode> events) {
    return RealtimeClient.types(events).stream().distinct();
  }

  private static byte[] audio(List<JsonNode> events) {
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    of(events, "response.output_audio.delta")
        .forEach(e -> audio.writeBytes(Base64.getDecoder().decode(e.get("delta").textValue())));
    return audio.toByteArray();
  }

  private static byte[] silence(int bytes) {
    byte[] silence = new byte[bytes];
    Arrays.fill(silence, MuLaw.SILENCE);
    return silence;
  }
}

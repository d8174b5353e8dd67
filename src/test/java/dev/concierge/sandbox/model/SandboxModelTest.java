package dev.concierge.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.concierge.audio.MuLaw;
import dev.concierge.sandbox.SandboxTime;
import dev.concierge.sandbox.WireWatch;
import dev.concierge.sandbox.fault.ModelFaults;
import dev.concierge.sandbox.voice.Speaker;
import dev.concierge.sandbox.voice.Voices;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxModelTest {

  private static final String KEY = "sk-test";
  private static final Voices VOICES = new Voices();
  private static final SandboxModel MODEL =
      new SandboxModel(new SandboxTime(20), VOICES, KEY, WireWatch.NONE, new ModelFaults());
  private static final Server SERVER = new Server();
  private static final ServerConnector CONNECTOR = new ServerConnector(SERVER);

  private RealtimeClient client;

  @BeforeAll
  static void start() throws Exception {
    SERVER.addConnector(CONNECTOR);
    ServletContextHandler context = new ServletContextHandler();
    JakartaWebSocketServletContainerInitializer.configure(context, MODEL::mount);
    SERVER.setHandler(context);
    SERVER.start();
  }

  @AfterAll
  static void stop() throws Exception {
    SERVER.stop();
    MODEL.close();
  }

  @AfterEach
  void hangUp() {
    if (client != null) {
      client.close();
    }
  }

  @Test
  void withoutTheKeyThereIsNoSocket() {
    assertThatThrownBy(() -> new RealtimeClient(uri("?model=m"), "Authorization", "Bearer wrong"))
        .hasCauseInstanceOf(WebSocketHandshakeException.class)
        .satisfies(
            e ->
                assertThat(((WebSocketHandshakeException) e.getCause()).getResponse().statusCode())
                    .isEqualTo(401));
  }

  @Test
  void theKeyIsTakenInTheHeaderOfAzureToo() {
    client = new RealtimeClient(uri("?model=deployed"), "api-key", KEY);

    assertThat(client.await("session.created").at("/session/model").textValue())
        .isEqualTo("deployed");
  }

  @Test
  void theBetaShapeIsRefused() {
    client =
        new RealtimeClient(
            uri("?model=m"), "Authorization", "Bearer " + KEY, "OpenAI-Beta", "realtime=v1");

    assertThat(client.await("error").at("/error/code").textValue())
        .isEqualTo("beta_api_shape_disabled");
    assertThat(client.awaitClose()).isEqualTo("4000 invalid_request_error.beta_api_shape_disabled");
  }

  @Test
  void withoutAModelTheSocketIsClosed() {
    client = new RealtimeClient(uri(""), "Authorization", "Bearer " + KEY);

    assertThat(client.awaitClose()).isEqualTo("4000 invalid_request_error.missing_model");
  }

  @Test
  void aSessionBeginsWithTheVendorsDefaults() {
    client = new RealtimeClient(uri("?model=m"), "Authorization", "Bearer " + KEY);

    JsonNode session = client.await("session.created").get("session");

    assertThat(session.at("/audio/input/format"))
        .isEqualTo(RealtimeClient.json("{'type':'audio/pcm','rate':24000}"));
    assertThat(session.at("/audio/input/transcription").isMissingNode()).isTrue();
    assertThat(session.at("/audio/input/turn_detection/silence_duration_ms").intValue())
        .isEqualTo(500);
  }

  @Test
  void anUpdateChangesWhatItNamesAndEchoesAllOfIt() {
    open();
    client.send(
        "{'type':'session.update','session':{'type':'realtime','audio':{'input':{"
            + "'turn_detection':{'type':'server_vad','silence_duration_ms':700}}}}}");

    JsonNode session = client.await("session.updated").get("session");

    assertThat(session.at("/audio/input/turn_detection"))
        .isEqualTo(
            RealtimeClient.json(
                "{'type':'server_vad','threshold':0.5,'prefix_padding_ms':300,"
                    + "'silence_duration_ms':700,'idle_timeout_ms':null,'create_response':true,"
                    + "'interrupt_response':true}"));
    assertThat(session.at("/audio/input/format/type").textValue()).isEqualTo("audio/pcmu");
    assertThat(session.at("/tools").size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      value = {
        "{'type':'no.such.event'}|invalid_value|type",
        "{'audio':''}|missing_required_parameter|type",
        "{'type':'response.create','foo':1}|unknown_parameter|foo",
        "{'type':'session.update'}|missing_required_parameter|session",
        "{'type':'session.update','session':{}}|missing_required_parameter|session.type",
        "{'type':'session.update','session':{'type':'realtime','modalities':['audio']}}"
            + "|unknown_parameter|session.modalities",
        "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'sound':1}}}}"
            + "|unknown_parameter|session.audio.input.sound",
        "{'type':'session.update','session':{'type':'realtime','audio':{'output':{'speed':2}}}}"
            + "|decimal_above_max_value|session.audio.output.speed",
        "{'type':'session.update','session':{'type':'realtime','instructions':7}}"
            + "|invalid_type|session.instructions",
        "{'type':'session.update','session':{'type':'realtime','audio':{'input':"
            + "{'transcription':{'language':'english'}}}}}"
            + "|invalid_value|session.audio.input.transcription.language",
        "{'type':'session.update','session':{'type':'realtime','tools':[{'type':'function'}]}}"
            + "|missing_required_parameter|session.tools[0].name",
        "{'type':'session.update','session':{'type':'realtime','tool_choice':'maybe'}}"
            + "|invalid_value|session.tool_choice",
        "{'type':'session.update','session':{'type':'realtime','model':'other'}}"
            + "|invalid_value|session.model",
        "{'type':'input_audio_buffer.append','audio':'not base64!'}|invalid_value|audio",
        "{'type':'input_audio_buffer.commit'}|input_audio_buffer_commit_empty|-",
        "{'type':'response.cancel'}|response_cancel_not_active|-",
        "{'type':'conversation.item.truncate','item_id':'x','content_index':0,'audio_end_ms':1}"
            + "|item_truncate_invalid_item_id|item_id",
        "{'type':'conversation.item.truncate','item_id':'x','content_index':0}"
            + "|missing_required_parameter|audio_end_ms",
        "{'type':'conversation.item.create','item':{'type':'function_call_output',"
            + "'call_id':'x','output':''}}|invalid_tool_call_id|item.call_id",
        "{'type':'conversation.item.create','item':{'type':'message','role':'user','content':"
            + "[{'type':'text','text':'hi'}]}}|invalid_value|item.content[0].type"
      })
  void whatTheVendorRefusesIsRefusedAndTheSessionGoesOn(String event, String code, String param) {
    open();
    client.send(event.replaceFirst("\\{", "{'event_id':'mine',"));

    JsonNode error = client.await("error").get("error");

    assertThat(error.get("code").textValue()).isEqualTo(code);
    assertThat(error.get("param").textValue()).isEqualTo(param);
    assertThat(error.get("event_id").textValue()).isEqualTo("mine");
    client.send("{'type':'input_audio_buffer.clear'}");
    client.await("input_audio_buffer.cleared");
  }

  @Test
  void whatIsNotJsonIsRefusedToo() {
    open();
    client.send("hello");

    assertThat(client.await("error").at("/error/code").textValue()).isEqualTo("invalid_json");
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
    client = new RealtimeClient(uri("?model=m"), "Authorization", "Bearer " + KEY);
    client.send(update("'transcription':{'model':'gpt-transcribe'}", "'voice':'marin'"));
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
    client = new RealtimeClient(uri("?model=m"), "Authorization", "Bearer " + KEY);
    client.send(
        update(
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

  private static URI uri(String query) {
    return URI.create("ws://localhost:" + CONNECTOR.getLocalPort() + SandboxModel.PATH + query);
  }

  /** Opens a session that is set up as a bridge to a telephone sets it up. */
  private void open() {
    client = new RealtimeClient(uri("?model=m"), "Authorization", "Bearer " + KEY);
    client.await("session.created");
    client.send(
        update(
            "'format':{'type':'audio/pcmu'},'transcription':{'model':'gpt-transcribe'}",
            "'format':{'type':'audio/pcmu'},'voice':'marin'"));
    client.await("session.updated");
  }

  private static String update(String input, String output) {
    return ("{'type':'session.update','session':{'type':'realtime','instructions':%s,"
            + "'audio':{'input':{%s},'output':{%s}},"
            + "'tools':[{'type':'function','name':'record_outcome'},"
            + "{'type':'function','name':'end_call'}]}}")
        .formatted(TextNode.valueOf(MindTest.INSTRUCTIONS), input, output);
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

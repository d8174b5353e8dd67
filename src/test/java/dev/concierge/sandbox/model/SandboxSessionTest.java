package dev.concierge.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.sandbox.voice.Voices;
import java.net.http.WebSocketHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxSessionTest {

  @RegisterExtension static final SandboxModelServer SERVER = new SandboxModelServer(new Voices());

  private RealtimeClient client;

  @AfterEach
  void hangUp() {
    if (client != null) {
      client.close();
    }
  }

  @Test
  void withoutTheKeyThereIsNoSocket() {
    assertThatThrownBy(
            () -> new RealtimeClient(SERVER.uri("?model=m"), "Authorization", "Bearer wrong"))
        .hasCauseInstanceOf(WebSocketHandshakeException.class)
        .satisfies(
            e ->
                assertThat(((WebSocketHandshakeException) e.getCause()).getResponse().statusCode())
                    .isEqualTo(401));
  }

  @Test
  void theKeyIsTakenInTheHeaderOfAzureToo() {
    client = new RealtimeClient(SERVER.uri("?model=deployed"), "api-key", SandboxModelServer.KEY);

    assertThat(client.await("session.created").at("/session/model").textValue())
        .isEqualTo("deployed");
  }

  @Test
  void theBetaShapeIsRefused() {
    client =
        new RealtimeClient(
            SERVER.uri("?model=m"),
            "Authorization",
            "Bearer " + SandboxModelServer.KEY,
            "OpenAI-Beta",
            "realtime=v1");

    assertThat(client.await("error").at("/error/code").textValue())
        .isEqualTo("beta_api_shape_disabled");
    assertThat(client.awaitClose()).isEqualTo("4000 invalid_request_error.beta_api_shape_disabled");
  }

  @Test
  void withoutAModelTheSocketIsClosed() {
    client =
        new RealtimeClient(SERVER.uri(""), "Authorization", "Bearer " + SandboxModelServer.KEY);

    assertThat(client.awaitClose()).isEqualTo("4000 invalid_request_error.missing_model");
  }

  @Test
  void aSessionBeginsWithTheVendorsDefaults() {
    client = SERVER.connect();

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
}

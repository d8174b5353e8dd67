package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.Behaviour;
import dev.concierge.agent.AgentProfile;
import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ClientEventsTest {

  private static final AgentProfile PROFILE =
      new AgentProfile(
          "Book a \"table\".\nBe kind.",
          "de",
          List.of(
              new AgentProfile.Tool(
                  "end_call",
                  "Hangs up.",
                  "{\"type\":\"object\",\"properties\":{\"why\":{\"type\":\"string\"}}}")));

  private final ClientEvents events = new ClientEvents();

  @Test
  @Behaviour(26)
  void oneUpdateSetsTheWholeSessionUp() throws Exception {
    assertThat(json(events.sessionUpdate(PROFILE, SessionSettings.DEFAULTS)))
        .isEqualTo(
            json(
                """
                {"type": "session.update", "event_id": "session.update-1",
                 "session": {
                   "type": "realtime",
                   "output_modalities": ["audio"],
                   "instructions": "Book a \\"table\\".\\nBe kind.",
                   "audio": {
                     "input": {
                       "format": {"type": "audio/pcmu"},
                       "transcription": {"model": "gpt-transcribe", "language": "de"},
                       "noise_reduction": null,
                       "turn_detection": {
                         "type": "server_vad", "threshold": 0.5, "prefix_padding_ms": 300,
                         "silence_duration_ms": 500, "create_response": true,
                         "interrupt_response": true}},
                     "output": {"format": {"type": "audio/pcmu"}, "voice": "marin"}},
                   "tools": [{
                     "type": "function", "name": "end_call", "description": "Hangs up.",
                     "parameters": {
                       "type": "object", "properties": {"why": {"type": "string"}}}}],
                   "tool_choice": "auto"}}
                """));
  }

  @Test
  @Behaviour(46)
  void aServiceThatIsNotToTakeTurnsOnlyTellsOfSpeech() throws Exception {
    SessionSettings settings = SessionSettings.DEFAULTS.takingTurns(false);
    JsonNode detection =
        json(events.sessionUpdate(PROFILE, settings)).at("/session/audio/input/turn_detection");
    assertThat(detection.get("type").textValue()).isEqualTo("server_vad");
    assertThat(detection.get("create_response").booleanValue()).isFalse();
    assertThat(detection.get("interrupt_response").booleanValue()).isFalse();
  }

  @Property(tries = 50)
  @Behaviour(31)
  void appendedAudioArrivesBitForBit(@ForAll byte[] mulaw) throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (byte[] part : events.append(mulaw)) {
      text.writeBytes(part);
    }
    JsonNode append = new ObjectMapper().readTree(text.toByteArray());

    assertThat(append.fieldNames()).toIterable().containsExactly("type", "audio");
    assertThat(append.get("type").textValue()).isEqualTo("input_audio_buffer.append");
    assertThat(append.get("audio").binaryValue()).isEqualTo(mulaw);
  }

  @Test
  void aResponseIsCreatedWithTheSessionsInstructionsAndItsCueOrWithNone() throws Exception {
    events.sessionUpdate(PROFILE, SessionSettings.DEFAULTS);
    assertThat(json(events.createResponse("Greet.")))
        .isEqualTo(
            json(
                """
                {"type": "response.create", "event_id": "response.create-2",
                 "response": {"instructions": "Book a \\"table\\".\\nBe kind.\\n\\nGreet."}}
                """));
    assertThat(json(events.createResponse(null)))
        .isEqualTo(json("{\"type\": \"response.create\", \"event_id\": \"response.create-3\"}"));
  }

  @Test
  void whatWasHeardIsCommitted() throws Exception {
    assertThat(json(events.commit()))
        .isEqualTo(
            json(
                """
                {"type": "input_audio_buffer.commit", "event_id": "input_audio_buffer.commit-1"}
                """));
  }

  @Test
  void anItemIsTruncatedAtWhatWasHeard() throws Exception {
    assertThat(json(events.truncate("item_1", 1480)))
        .isEqualTo(
            json(
                """
                {"type": "conversation.item.truncate", "event_id": "conversation.item.truncate-1",
                 "item_id": "item_1", "content_index": 0, "audio_end_ms": 1480}
                """));
  }

  @Test
  void aToolsAnswerIsTextInAnItem() throws Exception {
    assertThat(json(events.functionCallOutput("call_1", "{\"ok\":true}")))
        .isEqualTo(
            json(
                """
                {"type": "conversation.item.create", "event_id": "conversation.item.create-1",
                 "item": {"type": "function_call_output", "call_id": "call_1",
                          "output": "{\\"ok\\":true}"}}
                """));
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}

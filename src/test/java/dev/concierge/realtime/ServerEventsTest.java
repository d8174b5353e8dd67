package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.concierge.bridge.ModelEvent;
import dev.concierge.bridge.ModelEvent.Ending;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Usage;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerEventsTest {

  @ParameterizedTest
  @MethodSource("conversationEvents")
  void anEventOfTheConversationIsRead(String json, ModelEvent expected) {
    assertThat(ServerEvents.read(json)).isEqualTo(new ServerEvent.ForConversation(expected));
  }

  static Stream<Arguments> conversationEvents() {
    return Stream.of(
        arguments(
            """
            {"event_id": "e", "type": "input_audio_buffer.speech_started",
             "audio_start_ms": 1240, "item_id": "item_7"}
            """,
            new ModelEvent.SpeechStarted("item_7", 1240)),
        arguments(
            """
            {"event_id": "e", "type": "input_audio_buffer.speech_stopped",
             "audio_end_ms": 2980, "item_id": "item_7"}
            """,
            new ModelEvent.SpeechStopped("item_7", 2980)),
        arguments(
            """
            {"event_id": "e", "type": "conversation.item.input_audio_transcription.completed",
             "item_id": "item_7", "content_index": 0, "transcript": "For how many?",
             "usage": {"type": "duration", "seconds": 2}}
            """,
            new ModelEvent.HostTranscribed("item_7", "For how many?")),
        arguments(
            """
            {"event_id": "e", "type": "conversation.item.input_audio_transcription.failed",
             "item_id": "item_7", "content_index": 0,
             "error": {"type": "transcription_error", "code": "audio_unintelligible",
                       "message": "The audio could not be transcribed."}}
            """,
            new ModelEvent.TranscriptionFailed(
                "item_7", "audio_unintelligible: The audio could not be transcribed.")),
        arguments(
            """
            {"event_id": "e", "type": "rate_limits.updated", "rate_limits": [
              {"name": "requests", "limit": 1000, "remaining": 999, "reset_seconds": 60},
              {"name": "tokens", "limit": 50000, "remaining": 49950, "reset_seconds": 0.5}]}
            """,
            new ModelEvent.RateLimits(
                List.of(
                    new ModelEvent.RateLimit("requests", 999),
                    new ModelEvent.RateLimit("tokens", 49_950)))),
        arguments(
            """
            {"event_id": "e", "type": "response.created",
             "response": {"id": "resp_1", "object": "realtime.response", "status": "in_progress",
                          "output": []}}
            """,
            new ModelEvent.ResponseStarted("resp_1")),
        arguments(
            """
            {"event_id": "e", "type": "response.output_audio.done", "response_id": "resp_1",
             "item_id": "item_8", "output_index": 0, "content_index": 0}
            """,
            new ModelEvent.AudioEnded("item_8")),
        arguments(
            """
            {"event_id": "e", "type": "response.output_audio_transcript.delta",
             "response_id": "resp_1", "item_id": "item_8", "output_index": 0,
             "content_index": 0, "delta": "Good eve"}
            """,
            new ModelEvent.AgentTranscript("item_8", "Good eve")),
        arguments(
            """
            {"event_id": "e", "type": "response.output_audio_transcript.done",
             "response_id": "resp_1", "item_id": "item_8", "output_index": 0,
             "content_index": 0, "transcript": "Good evening."}
            """,
            new ModelEvent.AgentTranscribed("item_8", "Good evening.")),
        arguments(
            """
            {"event_id": "e", "type": "response.output_item.done", "response_id": "resp_1",
             "output_index": 1,
             "item": {"id": "item_9", "object": "realtime.item", "type": "function_call",
                      "status": "completed", "name": "end_call", "call_id": "call_1",
                      "arguments": "{\\"why\\":\\"done\\"}"}}
            """,
            new ModelEvent.ToolCalled("call_1", "end_call", "{\"why\":\"done\"}")),
        arguments(
            """
            {"event_id": "e", "type": "response.done",
             "response": {"id": "resp_1", "object": "realtime.response", "status": "completed",
               "usage": {"total_tokens": 253, "input_tokens": 132, "output_tokens": 121,
                 "input_token_details": {"text_tokens": 119, "audio_tokens": 13,
                   "image_tokens": 0, "cached_tokens": 68,
                   "cached_tokens_details": {"text_tokens": 64, "audio_tokens": 4,
                                             "image_tokens": 0}},
                 "output_token_details": {"text_tokens": 30, "audio_tokens": 91}}}}
            """,
            new ModelEvent.ResponseEnded(
                "resp_1", Ending.COMPLETED, null, new Usage(119, 13, 64, 4, 30, 91))),
        arguments(
            """
            {"event_id": "e", "type": "response.done",
             "response": {"id": "resp_1", "status": "cancelled",
               "status_details": {"type": "cancelled", "reason": "turn_detected"}}}
            """,
            new ModelEvent.ResponseEnded("resp_1", Ending.CANCELLED, null, Usage.NONE)),
        arguments(
            """
            {"event_id": "e", "type": "response.done",
             "response": {"status": "incomplete",
               "status_details": {"type": "incomplete", "reason": "max_output_tokens"}}}
            """,
            new ModelEvent.ResponseEnded(null, Ending.INCOMPLETE, null, Usage.NONE)),
        arguments(
            """
            {"event_id": "e", "type": "response.done",
             "response": {"id": "resp_1", "status": "failed",
               "status_details": {"type": "failed",
                 "error": {"type": "insufficient_quota", "code": "insufficient_quota"}}}}
            """,
            new ModelEvent.ResponseEnded(
                "resp_1",
                Ending.FAILED,
                new ModelEvent.Faulted("insufficient_quota", ""),
                Usage.NONE)));
  }

  @Test
  void audioIsDecoded() {
    ServerEvent event =
        ServerEvents.read(
            """
            {"type": "response.output_audio.delta", "event_id": "e", "response_id": "resp_1",
             "item_id": "item_8", "output_index": 0, "content_index": 0, "delta": "/wB/gA=="}
            """);

    assertThat(event)
        .isInstanceOfSatisfying(
            ServerEvent.ForConversation.class,
            read ->
                assertThat(read.event())
                    .isInstanceOfSatisfying(
                        ModelEvent.Audio.class,
                        audio -> {
                          assertThat(audio.responseId()).isEqualTo("resp_1");
                          assertThat(audio.itemId()).isEqualTo("item_8");
                          assertThat(audio.mulaw()).containsExactly(0xFF, 0x00, 0x7F, 0x80);
                        }));
  }

  @Test
  void theFormatsOfASessionAreRead() {
    ServerEvent event =
        ServerEvents.read(
            """
            {"event_id": "e", "type": "session.updated",
             "session": {"type": "realtime", "id": "sess_1", "object": "realtime.session",
               "audio": {"input": {"format": {"type": "audio/pcmu"}},
                         "output": {"format": {"type": "audio/pcm", "rate": 24000}}}}}
            """);

    assertThat(event).isEqualTo(new ServerEvent.SessionUpdated("audio/pcmu", "audio/pcm"));
  }

  @Test
  void anErrorKeepsTheServicesWords() {
    ServerEvent event =
        ServerEvents.read(
            """
            {"event_id": "e", "type": "error",
             "error": {"type": "invalid_request_error", "code": "unknown_parameter",
                       "message": "Unknown parameter.", "param": "session.x",
                       "event_id": "session.update-1"}}
            """);

    assertThat(event)
        .isEqualTo(
            new ServerEvent.Fault("unknown_parameter", "Unknown parameter.", "session.update-1"));
  }

  @Test
  void anErrorWithoutACodeHasItsTypeForOne() {
    assertThat(
            ServerEvents.read(
                """
                {"event_id": "e", "type": "error",
                 "error": {"type": "server_error", "code": null, "message": "Oops.",
                           "param": null, "event_id": null}}
                """))
        .isEqualTo(new ServerEvent.Fault("server_error", "Oops.", null));
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_api_key, MODEL_REFUSED",
    "model_not_found, MODEL_REFUSED",
    "insufficient_quota, MODEL_RATE_LIMITED",
    "rate_limit_exceeded, MODEL_RATE_LIMITED",
    "server_error, MODEL_UNREACHABLE",
    "session_expired, MODEL_UNREACHABLE",
    "unknown_parameter, MODEL_MISCONFIGURED",
    "invalid_value, MODEL_MISCONFIGURED",
  })
  void anErrorAtSetUpSaysWhoseDoingItWas(String code, EndedReason reason) {
    assertThat(new ServerEvent.Fault(code, "words", null).reasonAtSetUp()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"response.something_new\",\"event_id\":\"e\"}",
        "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"function_call\","
            + "\"status\":\"completed\",\"call_id\":7}}",
        "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\","
            + "\"delta\":\"!not base64!\"}",
        "{\"type\":\"input_audio_buffer.speech_started\",\"item_id\":\"i\"}",
        "{\"type\":\"input_audio_buffer.speech_started\",\"item_id\":7,\"audio_start_ms\":1}",
        "{\"type\":\"response.created\",\"response\":[]}",
        "{\"type\":\"session.updated\"}",
        "{\"type\":\"error\",\"error\":\"words\"}",
        "{\"type\":[\"error\"]}",
        "{\"type\":\"error\"",
        "[]",
        "null",
        "",
      })
  void whatIsUnknownOrMalformedIsIgnored(String text) {
    assertThat(ServerEvents.read(text))
        .isEqualTo(new ServerEvent.ForConversation(new ModelEvent.Ignored()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"conversation.item.added\",\"event_id\":\"e\",\"item\":{}}",
        "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"message\"}}",
        "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"function_call\","
            + "\"status\":\"incomplete\",\"call_id\":\"c\",\"name\":\"n\",\"arguments\":\"{\"}}",
      })
  void whatIsKnownAndNotNeededDoesNotCountAsIgnored(String text) {
    assertThat(ServerEvents.read(text)).isEqualTo(new ServerEvent.NotNeeded());
  }

  @Property
  void junkIsNeverAnError(@ForAll String text) {
    assertThat(ServerEvents.read(text)).isNotNull();
  }

  @Property
  void aKnownTypeWithFieldsOfAnyShapeIsNeverAnError(@ForAll("shapes") String text) {
    assertThat(ServerEvents.read(text)).isNotNull();
  }

  @Provide
  Arbitrary<String> shapes() {
    Arbitrary<String> types =
        Arbitraries.of(
            "session.created",
            "session.updated",
            "error",
            "input_audio_buffer.speech_started",
            "conversation.item.input_audio_transcription.failed",
            "response.created",
            "response.output_audio.delta",
            "response.output_item.done",
            "response.done");
    Arbitrary<String> fields =
        Arbitraries.of("session", "error", "item_id", "response", "delta", "item", "response_id");
    Arbitrary<String> values =
        Arbitraries.of(
            "null",
            "7",
            "-1.5e300",
            "\"x\"",
            "[]",
            "{}",
            "{\"type\":\"function_call\"}",
            "{\"id\":7,\"status\":[],\"usage\":\"x\"}",
            "{\"audio\":{\"input\":[1]}}");
    return Combinators.combine(types, fields, values, fields, values)
        .as(
            (type, field, value, field2, value2) ->
                "{\"type\":\"%s\",\"%s\":%s,\"%s\":%s}"
                    .formatted(type, field, value, field2, value2));
  }
}

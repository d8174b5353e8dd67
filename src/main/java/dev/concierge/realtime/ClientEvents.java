package dev.concierge.realtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.concierge.agent.AgentProfile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one session sends, as JSON text. The service refuses fields that it does not know, so
 * nothing is sent that its schema does not name.
 *
 * <p>Every event but {@code append} carries an {@code event_id} that says what it was, such as
 * {@code response.create-3}: an error that answers it names it.
 *
 * <p>Not thread-safe: one session owns it.
 */
final class ClientEvents {

  /** The wire's name for G.711 μ-law. */
  static final String MULAW = "audio/pcmu";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final byte[] APPEND_HEAD =
      "{\"type\":\"input_audio_buffer.append\",\"audio\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] APPEND_TAIL = "\"}".getBytes(StandardCharsets.UTF_8);

  private int sent;

  /** What the session was set up with. */
  private String instructions = "";

  /** Sets a session up, all at once. The model is in the URL and cannot change. */
  String sessionUpdate(AgentProfile profile, SessionSettings settings) {
    instructions = profile.instructions();
    ObjectNode event = event("session.update");
    ObjectNode session = event.putObject("session").put("type", "realtime");
    session.putArray("output_modalities").add("audio");
    session.put("instructions", instructions);
    ObjectNode audio = session.putObject("audio");
    describeInput(audio.putObject("input"), profile.language(), settings);
    describeOutput(audio.putObject("output"), settings);
    describeTools(session.putArray("tools"), profile);
    session.put("tool_choice", "auto");
    return event.toString();
  }

  private static void describeInput(ObjectNode input, String language, SessionSettings settings) {
    input.putObject("format").put("type", MULAW);
    input
        .putObject("transcription")
        .put("model", settings.transcriptionModel())
        .put("language", language);
    // The telephone network has filtered the noise already.
    input.putNull("noise_reduction");
    input
        .putObject("turn_detection")
        .put("type", "server_vad")
        .put("threshold", settings.vadThreshold())
        .put("prefix_padding_ms", settings.prefixPaddingMs())
        .put("silence_duration_ms", settings.silenceDurationMs())
        .put("create_response", settings.takesTurns())
        .put("interrupt_response", settings.takesTurns());
  }

  private static void describeOutput(ObjectNode output, SessionSettings settings) {
    output.putObject("format").put("type", MULAW);
    output.put("voice", settings.voice());
  }

  private static void describeTools(ArrayNode tools, AgentProfile profile) {
    for (AgentProfile.Tool tool : profile.tools()) {
      tools
          .addObject()
          .put("type", "function")
          .put("name", tool.name())
          .put("description", tool.description())
          .putRawValue("parameters", new RawValue(tool.parametersSchema()));
    }
  }

  /**
   * More audio, as the parts of a text in UTF-8, which are nobody's to change. Spliced by hand, and
   * without an id: it is sent up to 50 times a second a call.
   */
  byte[][] append(byte[] mulaw) {
    return new byte[][] {APPEND_HEAD, Base64.getEncoder().encode(mulaw), APPEND_TAIL};
  }

  String commit() {
    return event("input_audio_buffer.commit").toString();
  }

  /**
   * Has the model speak. The instructions of a response take the place of the session's, so those
   * are sent again with what is to be done now: else the model would not know whom it speaks for.
   */
  String createResponse(@Nullable String cue) {
    ObjectNode event = event("response.create");
    if (cue != null) {
      event.putObject("response").put("instructions", instructions + "\n\n" + cue);
    }
    return event.toString();
  }

  String cancelResponse() {
    return event("response.cancel").toString();
  }

  /** Cuts an item's audio; an item of the model's speech has one content, the first. */
  String truncate(String itemId, long audioEndMs) {
    return event("conversation.item.truncate")
        .put("item_id", itemId)
        .put("content_index", 0)
        .put("audio_end_ms", audioEndMs)
        .toString();
  }

  String functionCallOutput(String callId, String output) {
    ObjectNode event = event("conversation.item.create");
    event
        .putObject("item")
        .put("type", "function_call_output")
        .put("call_id", callId)
        .put("output", output);
    return event.toString();
  }

  private ObjectNode event(String type) {
    sent++;
    return JSON.objectNode().put("type", type).put("event_id", type + "-" + sent);
  }
}

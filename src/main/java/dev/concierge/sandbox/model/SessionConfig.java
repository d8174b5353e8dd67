package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The effective settings of a session, kept in the form in which they are told to the client. */
final class SessionConfig {

  /** What is merged field by field; all else is replaced as a whole. */
  private static final Set<String> MERGED = Set.of("audio", "input", "output");

  private static final String DEFAULT_INSTRUCTIONS =
      "You are a helpful, witty, and friendly AI. Talk quickly.";

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  /**
   * @param expiresAt when the session ends, in seconds since 1970
   */
  SessionConfig(String id, String model, long expiresAt) {
    json.put("type", "realtime").put("object", "realtime.session");
    json.put("id", id).put("model", model).put("expires_at", expiresAt);
    json.putArray("output_modalities").add("audio");
    json.put("instructions", DEFAULT_INSTRUCTIONS);
    json.putArray("tools");
    json.put("tool_choice", "auto").put("max_output_tokens", "inf").put("truncation", "auto");
    json.putNull("tracing").putNull("include").putNull("prompt");
    ObjectNode input = json.putObject("audio").putObject("input");
    input.putObject("format").put("type", "audio/pcm").put("rate", 24_000);
    input.putNull("transcription").putNull("noise_reduction");
    input.set("turn_detection", turnDetection("server_vad"));
    ObjectNode output = json.withObject("audio").putObject("output");
    output.putObject("format").put("type", "audio/pcm").put("rate", 24_000);
    output.put("voice", "alloy").put("speed", 1.0);
  }

  /**
   * Takes over what the client sent; what it left out stays.
   *
   * @param patch a session that {@link ClientEvents} let pass
   * @param spoken whether the model has spoken already
   */
  void update(ObjectNode patch, boolean spoken) {
    JsonNode model = patch.get("model");
    if (model != null && !model.equals(json.get("model"))) {
      throw new RejectedEventException(
          "invalid_value", "session.model", "The model of a session cannot be changed.");
    }
    JsonNode voice = patch.at("/audio/output/voice");
    if (spoken && !voice.isMissingNode() && !voice.equals(json.at("/audio/output/voice"))) {
      throw new RejectedEventException(
          "cannot_update_voice",
          "session.audio.output.voice",
          "Cannot update a conversation's voice if assistant audio is present.");
    }
    merge(json, patch);
  }

  /** All of it, as the client is told. */
  ObjectNode toJson() {
    return json.deepCopy();
  }

  String instructions() {
    return json.get("instructions").textValue();
  }

  /** The names of the tools that may be called. */
  Set<String> toolNames() {
    Set<String> names = new LinkedHashSet<>();
    if (!json.get("tool_choice").asText().equals("none")) {
      json.get("tools").forEach(tool -> names.add(tool.get("name").textValue()));
    }
    return names;
  }

  /** The tools as text: they are read, and billed, with every response. */
  String toolText() {
    return json.get("tools").toString();
  }

  AudioFormat inputFormat() {
    return AudioFormat.of(json.at("/audio/input/format/type").textValue());
  }

  AudioFormat outputFormat() {
    return AudioFormat.of(json.at("/audio/output/format/type").textValue());
  }

  /** Format and voice, as a response tells them. */
  ObjectNode outputAudio() {
    ObjectNode output = json.withObject("audio").withObject("output").deepCopy();
    output.remove("speed");
    return output;
  }

  boolean isTranscribing() {
    return json.at("/audio/input/transcription").isObject();
  }

  /** Empty where turns are the client's business. */
  Optional<TurnDetection> turnDetection() {
    JsonNode settings = json.at("/audio/input/turn_detection");
    return settings.isObject()
        ? Optional.of(
            new TurnDetection(
                settings.path("silence_duration_ms").asInt(TurnDetection.SEMANTIC_SILENCE_MS),
                settings.path("prefix_padding_ms").asInt(),
                settings.get("create_response").booleanValue(),
                settings.get("interrupt_response").booleanValue()))
        : Optional.empty();
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    patch
        .fields()
        .forEachRemaining(
            field -> {
              String name = field.getKey();
              JsonNode value = field.getValue();
              if (MERGED.contains(name)) {
                merge(target.withObject(name), (ObjectNode) value);
              } else if (name.equals("turn_detection") && value.isObject()) {
                ObjectNode detection = turnDetection(value.get("type").textValue());
                merge(detection, (ObjectNode) value);
                target.set(name, detection);
              } else {
                target.set(name, value.deepCopy());
              }
            });
  }

  private static ObjectNode turnDetection(String type) {
    ObjectNode detection = JsonNodeFactory.instance.objectNode();
    detection.put("type", type);
    if (type.equals("server_vad")) {
      detection.put("threshold", 0.5).put("prefix_padding_ms", 300);
      detection.put("silence_duration_ms", 500).putNull("idle_timeout_ms");
    } else {
      detection.put("eagerness", "auto");
    }
    return detection.put("create_response", true).put("interrupt_response", true);
  }

  /**
   * How the server finds the caller's turns.
   *
   * @param silenceMs the silence that ends a turn
   * @param prefixPaddingMs how much audio before the first sound counts to the turn
   * @param createResponse whether the end of a turn is answered
   * @param interruptResponse whether the begin of a turn cuts the model short
   */
  record TurnDetection(
      int silenceMs, int prefixPaddingMs, boolean createResponse, boolean interruptResponse) {

    /** Semantic detection is not scripted: it waits as the plain one does. */
    static final int SEMANTIC_SILENCE_MS = 500;
  }
}

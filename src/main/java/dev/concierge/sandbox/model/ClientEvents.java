package dev.concierge.sandbox.model;

import static dev.concierge.sandbox.model.Shape.anyObject;
import static dev.concierge.sandbox.model.Shape.arrayOf;
import static dev.concierge.sandbox.model.Shape.bool;
import static dev.concierge.sandbox.model.Shape.byWord;
import static dev.concierge.sandbox.model.Shape.integer;
import static dev.concierge.sandbox.model.Shape.nullable;
import static dev.concierge.sandbox.model.Shape.number;
import static dev.concierge.sandbox.model.Shape.object;
import static dev.concierge.sandbox.model.Shape.oneOf;
import static dev.concierge.sandbox.model.Shape.optional;
import static dev.concierge.sandbox.model.Shape.required;
import static dev.concierge.sandbox.model.Shape.text;
import static dev.concierge.sandbox.model.Shape.textOr;
import static dev.concierge.sandbox.model.Shape.unsupported;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.sandbox.model.Shape.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Every event a client may send, field by field. */
final class ClientEvents {

  private static final Shape TYPE = text();

  private static final Shape FORMAT =
      byWord(
          "type",
          Map.of(
              "audio/pcm",
              object(required("type", TYPE), optional("rate", integer(24_000, 24_000))),
              "audio/pcmu",
              object(required("type", TYPE)),
              "audio/pcma",
              unsupported("A-law")));

  private static final Shape VOICE = textOr(text(), object(required("id", text())));

  private static final Shape TURN_DETECTION =
      byWord(
          "type",
          Map.of(
              "server_vad",
              object(
                  required("type", TYPE),
                  optional("threshold", number(0, 1)),
                  optional("prefix_padding_ms", integer(0, 5_000)),
                  optional("silence_duration_ms", integer(0, 10_000)),
                  optional("create_response", bool()),
                  optional("interrupt_response", bool()),
                  optional("idle_timeout_ms", nullable(unsupported("an idle timeout")))),
              "semantic_vad",
              object(
                  required("type", TYPE),
                  optional("eagerness", oneOf("low", "medium", "high", "auto")),
                  optional("create_response", bool()),
                  optional("interrupt_response", bool()))));

  private static final Shape LANGUAGE = oneOf(Locale.getISOLanguages());

  private static final Shape TRANSCRIPTION =
      object(
          optional("model", text()),
          optional("language", LANGUAGE),
          optional("languages", arrayOf(LANGUAGE)),
          optional("keywords", arrayOf(text())),
          optional("prompt", text()),
          optional("delay", oneOf("minimal", "low", "medium", "high", "xhigh")));

  private static final Shape NOISE_REDUCTION =
      object(required("type", oneOf("near_field", "far_field")));

  private static final Shape TOOLS =
      arrayOf(
          byWord(
              "type",
              Map.of(
                  "function",
                  object(
                      required("type", TYPE),
                      required("name", text(64)),
                      optional("description", text()),
                      optional("parameters", anyObject())),
                  "mcp",
                  unsupported("MCP tools"))));

  private static final Shape TOOL_CHOICE =
      textOr(
          oneOf("none", "auto", "required"),
          byWord(
              "type",
              Map.of(
                  "function",
                  object(required("type", TYPE), required("name", text())),
                  "mcp",
                  unsupported("MCP tools"))));

  private static final Shape MODALITIES = arrayOf(oneOf("audio"));

  private static final Shape MAX_OUTPUT_TOKENS = textOr(oneOf("inf"), integer(1, 4_096));

  private static final Shape REASONING =
      object(optional("effort", oneOf("minimal", "low", "medium", "high", "xhigh")));

  private static final Shape TRUNCATION =
      textOr(
          oneOf("auto", "disabled"),
          object(
              required("type", oneOf("retention_ratio")),
              required("retention_ratio", number(0, 1)),
              optional(
                  "token_limits",
                  object(optional("post_instructions", integer(0, Integer.MAX_VALUE))))));

  private static final Shape TRACING =
      textOr(
          oneOf("auto"),
          object(
              optional("workflow_name", text()),
              optional("group_id", text()),
              optional("metadata", anyObject())));

  private static final Shape SESSION =
      byWord(
          "type",
          Map.of(
              "realtime",
              object(
                  required("type", TYPE),
                  optional("model", text()),
                  optional("output_modalities", MODALITIES),
                  optional("instructions", text()),
                  optional(
                      "audio",
                      object(
                          optional(
                              "input",
                              object(
                                  optional("format", FORMAT),
                                  optional("transcription", nullable(TRANSCRIPTION)),
                                  optional("noise_reduction", nullable(NOISE_REDUCTION)),
                                  optional("turn_detection", nullable(TURN_DETECTION)))),
                          optional(
                              "output",
                              object(
                                  optional("format", FORMAT),
                                  optional("voice", VOICE),
                                  optional("speed", number(0.25, 1.5)))))),
                  optional(
                      "include",
                      nullable(arrayOf(oneOf("item.input_audio_transcription.logprobs")))),
                  optional("tracing", nullable(TRACING)),
                  optional("tools", TOOLS),
                  optional("tool_choice", TOOL_CHOICE),
                  optional("parallel_tool_calls", bool()),
                  optional("reasoning", REASONING),
                  optional("max_output_tokens", MAX_OUTPUT_TOKENS),
                  optional("truncation", TRUNCATION),
                  optional("prompt", nullable(unsupported("stored prompts")))),
              "transcription",
              unsupported("sessions of transcription only")));

  private static final Shape STATUS = oneOf("completed", "incomplete", "in_progress");

  private static final Shape ITEM =
      byWord(
          "type",
          Map.of(
              "message",
              byWord(
                  "role",
                  Map.of(
                      "system",
                      message(content("input_text")),
                      "user",
                      message(
                          byWord(
                              "type",
                              Map.of(
                                  "input_text",
                                  content("input_text"),
                                  "input_audio",
                                  unsupported("audio in items; append it to the buffer"),
                                  "input_image",
                                  unsupported("images")))),
                      "assistant",
                      message(content("output_text")))),
              "function_call",
              item(
                  optional("call_id", text()),
                  required("name", text()),
                  required("arguments", text())),
              "function_call_output",
              item(required("call_id", text()), required("output", text()))));

  private static final Shape RESPONSE =
      object(
          optional("instructions", text()),
          optional("output_modalities", MODALITIES),
          optional("audio", unsupported("another voice or format for one response")),
          optional("tools", unsupported("other tools for one response")),
          optional("tool_choice", TOOL_CHOICE),
          optional("parallel_tool_calls", bool()),
          optional("reasoning", REASONING),
          optional("max_output_tokens", MAX_OUTPUT_TOKENS),
          optional("conversation", oneOf("auto")),
          optional("metadata", nullable(anyObject())),
          optional("prompt", nullable(unsupported("stored prompts"))),
          optional("input", unsupported("responses to other input than the conversation")));

  private static final Shape EVENT = byWord("type", events());

  private ClientEvents() {}

  /**
   * Checks a whole event.
   *
   * @throws RejectedEventException if the vendor would refuse it by its looks alone
   */
  static void check(JsonNode event) {
    EVENT.check(event, "");
  }

  private static Map<String, Shape> events() {
    Map<String, Shape> events = new LinkedHashMap<>();
    events.put("session.update", event(required("session", SESSION)));
    events.put("input_audio_buffer.append", event(required("audio", text())));
    events.put("input_audio_buffer.commit", event());
    events.put("input_audio_buffer.clear", event());
    events.put("output_audio_buffer.clear", unsupported("a buffer of output, as with WebRTC"));
    events.put(
        "conversation.item.create",
        event(required("item", ITEM), optional("previous_item_id", text())));
    events.put("conversation.item.delete", event(required("item_id", text())));
    events.put("conversation.item.retrieve", event(required("item_id", text())));
    events.put(
        "conversation.item.truncate",
        event(
            required("item_id", text()),
            required("content_index", integer(0, 0)),
            required("audio_end_ms", integer(0, Integer.MAX_VALUE))));
    events.put("response.create", event(optional("response", RESPONSE)));
    events.put("response.cancel", event(optional("response_id", text())));
    return events;
  }

  private static Shape event(Field... fields) {
    return object(with(fields, required("type", TYPE), optional("event_id", text(512))));
  }

  private static Shape message(Shape content) {
    return item(required("role", text()), required("content", arrayOf(content)));
  }

  private static Shape content(String type) {
    return object(required("type", oneOf(type)), required("text", text()));
  }

  private static Shape item(Field... fields) {
    return object(
        with(
            fields,
            required("type", TYPE),
            optional("id", text(32)),
            optional("object", oneOf("realtime.item")),
            optional("status", STATUS)));
  }

  private static Field[] with(Field[] fields, Field... more) {
    Field[] all = Arrays.copyOf(fields, fields.length + more.length);
    System.arraycopy(more, 0, all, fields.length, more.length);
    return all;
  }
}

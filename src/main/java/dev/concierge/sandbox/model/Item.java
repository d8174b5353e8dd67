package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An item of the conversation, kept in the form in which it is told to the client.
 *
 * <p>Not thread-safe: its session owns it.
 */
final class Item {

  private static final long USER_MS_PER_TOKEN = 100;
  private static final long ASSISTANT_MS_PER_TOKEN = 50;
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final String id;
  private final ObjectNode json;
  private long audioMs;

  private Item(String id, ObjectNode json) {
    this.id = id;
    this.json = json;
  }

  /** An item that the client made, checked already. */
  static Item fromClient(ObjectNode item) {
    String id = item.path("id").asText(Ids.next("item_"));
    ObjectNode json = item.deepCopy();
    json.put("id", id).put("object", "realtime.item").put("status", "completed");
    return new Item(id, json);
  }

  /** Something the caller said. */
  static Item heard(String id, long audioMs) {
    Item item = message(id, "user", "completed");
    item.json.putArray("content").addObject().put("type", "input_audio").putNull("transcript");
    item.audioMs = audioMs;
    return item;
  }

  /** Something the model begins to say. */
  static Item spoken() {
    Item item = message(Ids.next("item_"), "assistant", "in_progress");
    item.json.putArray("content");
    return item;
  }

  /** A call of a tool that the model begins. */
  static Item functionCall(String name) {
    Item item = new Item(Ids.next("item_"), JsonNodeFactory.instance.objectNode());
    item.json.put("id", item.id).put("object", "realtime.item").put("type", "function_call");
    item.json.put("status", "in_progress").put("name", name);
    item.json.put("call_id", Ids.next("call_")).put("arguments", "");
    return item;
  }

  private static Item message(String id, String role, String status) {
    Item item = new Item(id, JsonNodeFactory.instance.objectNode());
    item.json.put("id", id).put("object", "realtime.item").put("type", "message");
    item.json.put("status", status).put("role", role);
    return item;
  }

  String id() {
    return id;
  }

  ObjectNode json() {
    return json;
  }

  long audioMs() {
    return audioMs;
  }

  boolean is(String type) {
    return json.get("type").textValue().equals(type);
  }

  boolean isBy(String role) {
    return json.path("role").asText().equals(role);
  }

  /** The words of all its parts. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : json.path("content")) {
      text.append(part.path("text").asText());
      text.append(part.path("transcript").asText());
    }
    return text.toString();
  }

  /** What of a spoken item exists by now. */
  void say(String transcript, long audioMs) {
    this.audioMs = audioMs;
    ObjectNode part = json.putArray("content").addObject();
    part.put("type", "output_audio").put("transcript", transcript);
  }

  /** Keeps only what was heard of a spoken item; the words go, as they do with the vendor. */
  void truncate(long heardMs) {
    say("", heardMs);
  }

  void transcribe(String transcript) {
    ((ObjectNode) json.withArray("content").get(0)).put("transcript", transcript);
  }

  void end(String status) {
    json.put("status", status);
  }

  /** What its sound costs, once it is part of the conversation. */
  long audioTokens() {
    return audioMs / (isBy("assistant") ? ASSISTANT_MS_PER_TOKEN : USER_MS_PER_TOKEN);
  }

  /** What its words cost; those of sound cost nothing beside it. */
  long textTokens() {
    String words = audioMs > 0 ? "" : text();
    return tokens(
        words
            + json.path("name").asText()
            + json.path("arguments").asText()
            + json.path("output").asText());
  }

  static long tokens(String text) {
    return ((long) text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }
}

package dev.concierge.sandbox.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.sandbox.SandboxTime;
import dev.concierge.sandbox.fault.ModelFaults;
import dev.concierge.sandbox.voice.Voices;
import jakarta.websocket.CloseReason.CloseCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session: takes its events and carries them out.
 *
 * <p>The object itself is the session's lock: the socket's thread takes it in {@link #receive}, the
 * shared timers when something is due.
 */
final class RealtimeSession {

  private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration LONGEST = Duration.ofMinutes(60);

  private final Wire wire;
  private final SessionWatch watch;
  private final Timers timers;
  private final SessionConfig config;
  private final Conversation conversation = new Conversation();
  private final Dialogue dialogue;
  private final Turns turns;
  private final ModelFaults faults;

  RealtimeSession(
      Wire wire,
      SessionWatch watch,
      String model,
      Voices voices,
      ScheduledExecutorService scheduler,
      SandboxTime time,
      ModelFaults faults) {
    this.wire = wire;
    this.faults = faults;
    this.watch = watch;
    timers = new Timers(scheduler, time, this);
    long expiresAt = Instant.now().plus(time.real(LONGEST)).getEpochSecond();
    config = new SessionConfig(Ids.next("sess_"), model, expiresAt);
    dialogue = new Dialogue(config, conversation, voices, wire, timers);
    turns = new Turns(config, conversation, dialogue, voices.phrasebook(), wire, timers);
  }

  synchronized void open() {
    sendConfig("session.created");
    timers.after(LONGEST, this::expire);
  }

  /** Takes one message of the client. Never throws: what is wrong with it, the client is told. */
  synchronized void receive(String message) {
    JsonNode event = null;
    try {
      event = JSON.readTree(message);
      ClientEvents.check(event);
      handle((ObjectNode) event);
    } catch (JsonProcessingException e) {
      wire.error(
          new RejectedEventException("invalid_json", null, "The event is not valid JSON."), null);
    } catch (RejectedEventException e) {
      wire.error(e, eventId(event));
    } catch (RuntimeException e) {
      LOG.error("A client event could not be handled", e);
      wire.close(CloseCodes.UNEXPECTED_CONDITION, "internal error");
    }
  }

  /** How long the client's messages are not to be read, from now on; in sandbox time. */
  synchronized Duration takeStall() {
    return wire.takeStall();
  }

  synchronized void close() {
    timers.close();
  }

  private void handle(ObjectNode event) {
    switch (event.get("type").textValue()) {
      case "session.update" -> update((ObjectNode) event.get("session"));
      case "input_audio_buffer.append" -> append(audio(event.get("audio").textValue()));
      case "input_audio_buffer.commit" -> turns.commit();
      case "input_audio_buffer.clear" -> turns.clear();
      case "conversation.item.create" -> create(event);
      case "conversation.item.delete" -> delete(event.get("item_id").textValue());
      case "conversation.item.retrieve" -> retrieve(event.get("item_id").textValue());
      case "conversation.item.truncate" -> truncate(event);
      case "response.create" -> dialogue.create(event.path("response"));
      case "response.cancel" -> dialogue.cancel(event.path("response_id"));
      default -> throw new IllegalStateException("an event that is known but not handled");
    }
  }

  private void append(byte[] audio) {
    watch.received(audio);
    turns.append(audio);
  }

  private void update(ObjectNode session) {
    config.update(session, conversation.isSpoken());
    watch.instructed(config.instructions());
    wire.suffer(faults.take(watch.restaurant()), timers);
    turns.configured();
    sendConfig("session.updated");
  }

  private void sendConfig(String type) {
    ObjectNode event = Wire.event(type);
    event.set("session", config.toJson());
    wire.send(event);
  }

  private static byte[] audio(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new RejectedEventException(
          "invalid_value",
          "audio",
          "Invalid 'audio'. Expected base64-encoded audio bytes but got an invalid value.");
    }
  }

  private void create(ObjectNode event) {
    Item item = Item.fromClient((ObjectNode) event.get("item"));
    if (item.is("function_call_output")) {
      dialogue.answerTool(
          item.json().get("call_id").textValue(), item.json().get("output").textValue());
    }
    conversation.insert(item, event.path("previous_item_id").textValue());
    if (item.isBy("user")) {
      dialogue.hear(item.text());
    }
    sendItem("conversation.item.added", item);
    sendItem("conversation.item.done", item);
  }

  private void delete(String itemId) {
    conversation.remove(conversation.find(itemId, "delete", "item_id"));
    wire.send(Wire.event("conversation.item.deleted").put("item_id", itemId));
  }

  private void retrieve(String itemId) {
    Item item = conversation.find(itemId, "retrieve", "item_id");
    ObjectNode event = Wire.event("conversation.item.retrieved");
    event.set("item", item.json().deepCopy());
    wire.send(event);
  }

  private void truncate(ObjectNode event) {
    Item item = conversation.find(event.get("item_id").textValue(), "truncate", "item_id");
    long endMs = event.get("audio_end_ms").longValue();
    if (!item.isBy("assistant")) {
      throw new RejectedEventException(
          "invalid_value", "item_id", "Only model output audio messages can be truncated");
    }
    if (item.audioMs() == 0) {
      throw new RejectedEventException(
          "unsupported_content_type", "content_index", "There is no audio to truncate yet");
    }
    if (endMs > item.audioMs()) {
      throw new RejectedEventException(
          "invalid_value",
          "audio_end_ms",
          "Audio content of %dms is already shorter than %dms".formatted(item.audioMs(), endMs));
    }
    item.truncate(endMs);
    wire.send(
        Wire.event("conversation.item.truncated")
            .put("item_id", item.id())
            .put("content_index", 0)
            .put("audio_end_ms", endMs));
  }

  private void sendItem(String type, Item item) {
    ObjectNode event = Wire.event(type).put("previous_item_id", conversation.idBefore(item));
    event.set("item", item.json().deepCopy());
    wire.send(event);
  }

  private void expire() {
    wire.error(
        new RejectedEventException(
            "session_expired", null, "Your session hit the maximum duration of 60 minutes."),
        null);
    wire.close(CloseCodes.GOING_AWAY, "session_expired");
  }

  private static @Nullable String eventId(@Nullable JsonNode event) {
    return event == null ? null : event.path("event_id").textValue();
  }
}

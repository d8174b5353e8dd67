package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.sandbox.model.SessionConfig.TurnDetection;
import dev.concierge.sandbox.voice.Completeness;
import dev.concierge.sandbox.voice.Heard;
import dev.concierge.sandbox.voice.Phrasebook;
import dev.concierge.sandbox.voice.Recognised;
import java.time.Duration;

/**
 * The caller's side of the talk: makes items of the turns in his audio, and has them answered.
 *
 * <p>Under the session's lock.
 */
final class Turns {

  /** Transcription is another model's work, and comes when the answer has begun. */
  private static final Duration TRANSCRIBING = Duration.ofMillis(400);

  private final SessionConfig config;
  private final Conversation conversation;
  private final Dialogue dialogue;
  private final Wire wire;
  private final Timers timers;
  private final InputAudio audio;
  private String itemId = Ids.next("item_");

  Turns(
      SessionConfig config,
      Conversation conversation,
      Dialogue dialogue,
      Phrasebook phrasebook,
      Wire wire,
      Timers timers) {
    this.config = config;
    this.conversation = conversation;
    this.dialogue = dialogue;
    this.wire = wire;
    this.timers = timers;
    audio = new InputAudio(phrasebook);
    configured();
  }

  /** The session's settings have changed. */
  void configured() {
    audio.detectTurns(config.turnDetection().orElse(null));
  }

  /** Takes more of the caller's audio, as it is on the wire. */
  void append(byte[] wireAudio) {
    audio.append(config.inputFormat().toMulaw(wireAudio), this::onHeard);
  }

  void clear() {
    audio.clear();
    wire.send(Wire.event("input_audio_buffer.cleared"));
  }

  /** Makes an item of what there is, because the client says that the turn is over. */
  void commit() {
    long lengthMs = audio.uncommittedMs();
    commit(audio.commit(), lengthMs);
  }

  private void onHeard(Heard heard) {
    TurnDetection detection = config.turnDetection().orElseThrow();
    if (heard instanceof Heard.Began began) {
      wire.send(
          Wire.event("input_audio_buffer.speech_started")
              .put("audio_start_ms", Math.max(0, began.atMs() - detection.prefixPaddingMs()))
              .put("item_id", itemId));
      if (detection.interruptResponse()) {
        dialogue.interrupt();
      }
    } else if (heard instanceof Heard.Ended ended) {
      wire.send(
          Wire.event("input_audio_buffer.speech_stopped")
              .put("audio_end_ms", ended.endMs() + detection.silenceMs())
              .put("item_id", itemId));
      commit(new Recognised(ended.text(), ended.completeness()), ended.endMs() - ended.startMs());
      if (detection.createResponse()) {
        dialogue.answerTurn();
      }
    }
  }

  private void commit(Recognised said, long lengthMs) {
    wire.send(
        Wire.event("input_audio_buffer.committed")
            .put("previous_item_id", conversation.lastId())
            .put("item_id", itemId));
    Item item = Item.heard(itemId, lengthMs);
    itemId = Ids.next("item_");
    conversation.add(item);
    sendItem("conversation.item.added", item);
    sendItem("conversation.item.done", item);
    dialogue.hear(said.text());
    if (config.isTranscribing()) {
      timers.after(TRANSCRIBING, () -> transcribe(item, said));
    }
  }

  private void sendItem(String type, Item item) {
    ObjectNode event = Wire.event(type).put("previous_item_id", conversation.idBefore(item));
    event.set("item", item.json().deepCopy());
    wire.send(event);
  }

  private void transcribe(Item item, Recognised said) {
    if (said.completeness() == Completeness.UNINTELLIGIBLE) {
      ObjectNode failed = transcription("failed", item);
      failed
          .putObject("error")
          .put("type", "transcription_error")
          .put("code", "audio_unintelligible")
          .put("message", "The audio could not be understood.");
      wire.send(failed);
      return;
    }
    item.transcribe(said.text());
    ObjectNode completed = transcription("completed", item).put("transcript", said.text());
    completed.putObject("usage").put("type", "duration").put("seconds", item.audioMs() / 1_000.0);
    wire.send(transcription("delta", item).put("delta", said.text()));
    wire.send(completed);
  }

  private static ObjectNode transcription(String what, Item item) {
    return Wire.event("conversation.item.input_audio_transcription." + what)
        .put("item_id", item.id())
        .put("content_index", 0);
  }
}

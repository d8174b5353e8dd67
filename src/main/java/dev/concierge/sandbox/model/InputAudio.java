package dev.concierge.sandbox.model;

import dev.concierge.audio.MuLaw;
import dev.concierge.sandbox.model.SessionConfig.TurnDetection;
import dev.concierge.sandbox.voice.Ear;
import dev.concierge.sandbox.voice.Heard;
import dev.concierge.sandbox.voice.Phrasebook;
import dev.concierge.sandbox.voice.Recognised;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caller's audio: finds his turns while turn detection is on, and keeps what is not yet part of
 * the conversation.
 *
 * <p>Not thread-safe: its session owns it.
 */
final class InputAudio {

  /** While nobody speaks, more than this is not kept. */
  private static final int KEPT_SILENCE_BYTES = 10 * MuLaw.BYTES_PER_SECOND;

  /** The vendor's least. */
  private static final int MIN_COMMIT_MS = 100;

  private final Phrasebook phrasebook;
  private final ByteArrayOutputStream uncommitted = new ByteArrayOutputStream();
  private @Nullable TurnDetection detection;
  private @Nullable Ear ear;
  private long earOffsetMs;
  private long receivedBytes;
  private boolean speaking;

  InputAudio(Phrasebook phrasebook) {
    this.phrasebook = phrasebook;
  }

  /**
   * Listens from now on as the settings say; a turn that is under way is kept if they did not
   * change.
   */
  void detectTurns(@Nullable TurnDetection wanted) {
    if (wanted == null || detection == null || wanted.silenceMs() != detection.silenceMs()) {
      ear = wanted == null ? null : new Ear(phrasebook, wanted.silenceMs());
      earOffsetMs = MuLaw.msOf(receivedBytes);
      speaking = false;
    }
    detection = wanted;
  }

  /**
   * Takes more audio.
   *
   * @param turns told where turns begin and end, in milliseconds of all audio of the session
   */
  void append(byte[] mulaw, Consumer<Heard> turns) {
    receivedBytes += mulaw.length;
    uncommitted.writeBytes(mulaw);
    Ear listening = ear;
    if (listening != null) {
      listening.hear(mulaw, heard -> turns.accept(placed(heard)));
      if (!speaking && uncommitted.size() > KEPT_SILENCE_BYTES) {
        uncommitted.reset();
      }
    }
  }

  private Heard placed(Heard heard) {
    if (heard instanceof Heard.Began began) {
      speaking = true;
      return new Heard.Began(earOffsetMs + began.atMs());
    }
    Heard.Ended ended = (Heard.Ended) heard;
    speaking = false;
    uncommitted.reset();
    return new Heard.Ended(
        earOffsetMs + ended.startMs(),
        earOffsetMs + ended.endMs(),
        ended.text(),
        ended.completeness());
  }

  /** How much waits to become part of the conversation. */
  long uncommittedMs() {
    return MuLaw.msOf(uncommitted.size());
  }

  /** Understands what waits, as one turn, and lets it go. */
  Recognised commit() {
    if (uncommittedMs() < MIN_COMMIT_MS) {
      throw new RejectedEventException(
          "input_audio_buffer_commit_empty",
          null,
          "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio,"
              + " but buffer only has %d.00ms of audio.".formatted(uncommittedMs()));
    }
    Recognised said = phrasebook.recognise(uncommitted.toByteArray());
    clear();
    return said;
  }

  void clear() {
    uncommitted.reset();
    detectTurnsAfresh();
  }

  private void detectTurnsAfresh() {
    TurnDetection wanted = detection;
    detection = null;
    detectTurns(wanted);
  }
}

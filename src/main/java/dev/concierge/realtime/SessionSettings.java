package dev.concierge.realtime;

import java.util.Objects;

/**
 * How the model speaks, and when it takes the callee to have finished.
 *
 * @param voice the model's voice; cannot change once it has spoken
 * @param transcriptionModel the model that writes down what the callee says
 * @param vadThreshold how sure the service must be that it hears speech, 0 to 1; higher in noise
 * @param prefixPaddingMs how much audio before detected speech belongs to it
 * @param silenceDurationMs how long a silence ends an utterance
 * @param takesTurns whether the service stops what it says when it hears speech, and answers when
 *     the speech ends; if not, it only tells of speech
 */
public record SessionSettings(
    String voice,
    String transcriptionModel,
    double vadThreshold,
    int prefixPaddingMs,
    int silenceDurationMs,
    boolean takesTurns) {

  /** OpenAI's recommended voice and its own defaults for server VAD. */
  public static final SessionSettings DEFAULTS =
      new SessionSettings("marin", "gpt-transcribe", 0.5, 300, 500, true);

  public SessionSettings {
    Objects.requireNonNull(voice, "voice is null");
    Objects.requireNonNull(transcriptionModel, "transcriptionModel is null");
    if (!(vadThreshold >= 0 && vadThreshold <= 1)) {
      throw new IllegalArgumentException("vadThreshold is not between 0 and 1");
    }
    if (prefixPaddingMs < 0 || silenceDurationMs < 0) {
      throw new IllegalArgumentException("a duration is negative");
    }
  }

  /** The same, with turns taken by the service or not. */
  public SessionSettings takingTurns(boolean takes) {
    return new SessionSettings(
        voice, transcriptionModel, vadThreshold, prefixPaddingMs, silenceDurationMs, takes);
  }
}

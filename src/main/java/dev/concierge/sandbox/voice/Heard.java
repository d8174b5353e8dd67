package dev.concierge.sandbox.voice;

import java.util.Objects;

/** What an {@link Ear} notices. Times are milliseconds of the audio it was fed. */
public sealed interface Heard {

  /**
   * Somebody began to speak.
   *
   * @param atMs where the first sound was, a little before the place at which it was noticed
   */
  record Began(long atMs) implements Heard {}

  /**
   * Somebody fell silent.
   *
   * @param startMs where the first sound was
   * @param endMs where the last sound ended, before the silence that told of it
   * @param text what was said, empty where it was unintelligible
   */
  record Ended(long startMs, long endMs, String text, Completeness completeness) implements Heard {
    public Ended {
      Objects.requireNonNull(text, "text is null");
      Objects.requireNonNull(completeness, "completeness is null");
    }
  }
}

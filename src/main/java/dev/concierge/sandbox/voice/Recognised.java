package dev.concierge.sandbox.voice;

import java.util.Objects;

/**
 * What a piece of audio says.
 *
 * @param text the words, empty where they are unintelligible
 */
public record Recognised(String text, Completeness completeness) {

  static final Recognised NOTHING = new Recognised("", Completeness.UNINTELLIGIBLE);

  public Recognised {
    Objects.requireNonNull(text, "text is null");
    Objects.requireNonNull(completeness, "completeness is null");
  }
}

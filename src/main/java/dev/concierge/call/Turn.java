package dev.concierge.call;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One utterance of either side.
 *
 * @param speaker who said it
 * @param text what was said; for the agent all it set out to say
 * @param heardText the part of an agent's turn that was really played; {@code null} for a host's
 * @param startedMs when it began, in milliseconds on the line since the stream started
 * @param endedMs when it ended on the same line
 * @param interrupted whether the host cut an agent's turn short
 */
public record Turn(
    Speaker speaker,
    String text,
    @Nullable String heardText,
    long startedMs,
    long endedMs,
    boolean interrupted) {

  /** The two who talk. */
  public enum Speaker {
    AGENT,
    HOST
  }

  public Turn {
    Objects.requireNonNull(speaker, "speaker is null");
    Objects.requireNonNull(text, "text is null");
  }

  /** The turn without its words. */
  Turn withoutPersonalData() {
    String heard = heardText == null ? null : "";
    return new Turn(speaker, "", heard, startedMs, endedMs, interrupted);
  }
}

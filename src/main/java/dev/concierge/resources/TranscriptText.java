package dev.concierge.resources;

import dev.concierge.call.Call;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import java.util.List;
import java.util.regex.Pattern;

/** A transcript as people read it: one line a turn, with its time on the line. */
final class TranscriptText {

  private static final Pattern SPACE = Pattern.compile("[\\s\\x85\\u2028\\u2029]+");

  private TranscriptText() {}

  static String of(Call call, List<Turn> turns) {
    StringBuilder text = new StringBuilder();
    text.append(call.request().reservation().restaurantName())
        .append(", ")
        .append(call.request().to())
        .append(", ")
        .append(call.createdAt())
        .append("\n\n");
    for (Turn turn : turns) {
      text.append(line(turn)).append('\n');
    }
    if (call.outcome() != null) {
      text.append("\nOutcome: ").append(Words.of(call.outcome().result())).append('\n');
    }
    return text.toString();
  }

  private static String line(Turn turn) {
    long seconds = turn.startedMs() / 1000;
    String line =
        "%02d:%02d  %-6s %s"
            .formatted(
                seconds / 60,
                seconds % 60,
                turn.speaker() == Speaker.AGENT ? "Agent:" : "Host:",
                onOneLine(turn.text()));
    return turn.interrupted() && turn.heardText() != null
        ? line + "\n       (interrupted; " + heard(turn.heardText()) + ")"
        : line;
  }

  private static String heard(String text) {
    return text.isBlank() ? "nothing was heard" : "heard: " + onOneLine(text);
  }

  /** Or what was said could pass for a turn of its own. */
  private static String onOneLine(String text) {
    return SPACE.matcher(text).replaceAll(" ").strip();
  }
}

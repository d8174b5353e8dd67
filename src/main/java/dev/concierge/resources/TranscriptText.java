package dev.concierge.resources;

import dev.concierge.call.Call;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import java.util.List;

/** A transcript as people read it: one line a turn, with its time on the line. */
final class TranscriptText {

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
                turn.text());
    return turn.interrupted() && turn.heardText() != null
        ? line + "\n       (interrupted; heard: " + turn.heardText() + ")"
        : line;
  }
}

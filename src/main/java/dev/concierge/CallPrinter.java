package dev.concierge;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Prints a call as it happens, a line an event. Plain text; fit for a pipe. */
final class CallPrinter implements BiConsumer<String, JsonNode> {

  private final PrintStream out;

  CallPrinter(PrintStream out) {
    this.out = out;
  }

  /** Whom is called, and what is asked for. */
  void order(JsonNode call) {
    out.printf(
        "Calling %s on %s: a table for %d on %s at %s%s.%n",
        call.path("restaurant_name").asText(),
        call.path("to").asText(),
        call.path("party_size").asInt(),
        call.path("date").asText(),
        call.path("time").asText(),
        call.hasNonNull("guest_name") ? " for " + call.path("guest_name").asText() : "");
  }

  @Override
  public void accept(String event, JsonNode data) {
    switch (event) {
      case "status" -> line("status", data.path("status").asText());
      case "turn" -> turn(data);
      case "barge_in" ->
          line(
              "barge-in",
              String.format(
                  Locale.ROOT,
                  "the host speaks after %.1f s of the agent's turn; the agent stops",
                  data.path("played_ms").asLong() / 1_000.0));
      default -> {
        // The outcome and the end are told together, from the call itself.
      }
    }
  }

  private void turn(JsonNode turn) {
    String text = turn.path("text").asText();
    if (turn.path("interrupted").asBoolean()) {
      text = text + "  [heard: " + turn.path("heard_text").asText() + " ...]";
    }
    line(turn.path("speaker").asText(), text);
  }

  /** What came of it. */
  void outcome(JsonNode call) {
    JsonNode outcome = call.path("outcome");
    line("ended", call.path("status").asText() + ", " + call.path("ended_reason").asText());
    StringBuilder words = new StringBuilder(outcome.path("result").asText());
    append(words, outcome, "party_size", ", a table for ");
    append(words, outcome, "date", " on ");
    append(words, outcome, "time", " at ");
    append(words, outcome, "guest_name", " for ");
    append(words, outcome, "confirmation_number", ", confirmation number ");
    append(words, outcome, "note", ". ");
    line("outcome", words.toString());
  }

  private static void append(StringBuilder words, JsonNode outcome, String field, String before) {
    if (outcome.hasNonNull(field)) {
      words.append(before).append(outcome.path(field).asText());
    }
  }

  private void line(String who, String what) {
    out.printf("  %-10s %s%n", who, what);
    out.flush();
  }
}

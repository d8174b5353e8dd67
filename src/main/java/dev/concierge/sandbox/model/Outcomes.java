package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.sandbox.model.Reply.ToolUse;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** What the mind writes into its tools. */
final class Outcomes {

  static final String RECORD_OUTCOME = "record_outcome";
  static final ToolUse END_CALL = new ToolUse("end_call", "{}");
  static final ToolUse HOLD = new ToolUse("hold", "{}");

  private Outcomes() {}

  /** An outcome about which there is nothing more to say. */
  static ToolUse of(String result, @Nullable String note) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("result", result);
    return record(note == null ? arguments : arguments.put("note", note));
  }

  /** A table that was agreed or offered. */
  static ToolUse table(
      String result,
      Briefing briefing,
      @Nullable LocalDate date,
      @Nullable LocalTime time,
      @Nullable String confirmationNumber) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("result", result);
    putUnlessNull(arguments, "date", date);
    putUnlessNull(arguments, "time", time);
    arguments.put("party_size", briefing.partySize());
    putUnlessNull(arguments, "guest_name", briefing.guestName());
    putUnlessNull(arguments, "confirmation_number", confirmationNumber);
    return record(arguments);
  }

  private static void putUnlessNull(ObjectNode arguments, String name, @Nullable Object value) {
    if (value != null) {
      arguments.put(name, value.toString());
    }
  }

  private static ToolUse record(ObjectNode arguments) {
    return new ToolUse(RECORD_OUTCOME, arguments.toString());
  }
}

package dev.concierge.sandbox.model;

import java.util.List;
import java.util.Objects;

/**
 * What the mind makes of a moment: words to say, then tools to call.
 *
 * @param line the words; empty to say nothing
 */
record Reply(String line, List<ToolUse> toolUses) {

  Reply {
    Objects.requireNonNull(line, "line is null");
    toolUses = List.copyOf(toolUses);
  }

  static Reply say(String line) {
    return new Reply(line, List.of());
  }

  /** A call of one of the client's tools. */
  record ToolUse(String name, String argumentsJson) {
    ToolUse {
      Objects.requireNonNull(name, "name is null");
      Objects.requireNonNull(argumentsJson, "argumentsJson is null");
    }
  }
}

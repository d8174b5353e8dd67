package dev.concierge.sandbox.model;

import dev.concierge.sandbox.model.Reply.ToolUse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The agent's next move in a negotiation.
 *
 * @param line what it says, before the goodbye if this settles the call; may be empty
 * @param outcome what came of the call, if this settles it
 */
record Move(String line, @Nullable ToolUse outcome) {

  /** It was asked to hold, and waits until it is spoken to. */
  static final Move HOLD = say("Of course, I will hold.");

  Move {
    Objects.requireNonNull(line, "line is null");
  }

  static Move say(String line) {
    return new Move(line, null);
  }
}

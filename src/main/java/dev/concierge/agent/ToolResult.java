package dev.concierge.agent;

import dev.concierge.call.Outcome;
import java.util.Objects;

/** What a tool call of the model comes to. */
public sealed interface ToolResult {

  /** What the model is told, as JSON text. */
  String replyJson();

  /** The model recorded what came of the request. */
  record Recorded(Outcome outcome, String replyJson) implements ToolResult {
    public Recorded {
      Objects.requireNonNull(outcome, "outcome is null");
      Objects.requireNonNull(replyJson, "replyJson is null");
    }
  }

  /** The model wants the call to end once its goodbye was heard. */
  record EndCall(String replyJson) implements ToolResult {
    public EndCall {
      Objects.requireNonNull(replyJson, "replyJson is null");
    }
  }

  /** The model was asked to hold: it is not to be asked to speak. */
  record Hold(String replyJson) implements ToolResult {
    public Hold {
      Objects.requireNonNull(replyJson, "replyJson is null");
    }
  }

  /** The call made no sense; the reply says why, so that the model can mend it. */
  record Refused(String replyJson) implements ToolResult {
    public Refused {
      Objects.requireNonNull(replyJson, "replyJson is null");
    }
  }

  /** The tool itself failed, whatever was asked of it. */
  static ToolResult failed() {
    return new Refused(ToolReply.error("The tool failed and nothing came of it."));
  }
}

package dev.concierge.agent;

import dev.concierge.agent.AgentProfile.Tool;
import dev.concierge.agent.ToolResult.EndCall;
import dev.concierge.agent.ToolResult.Hold;
import dev.concierge.agent.ToolResult.Refused;
import dev.concierge.call.Reservation;
import java.util.List;
import java.util.Locale;

/** The agent's behaviour: what it is told, what it may do, and what is made of what it does. */
public final class Agent {

  static final String RECORD_OUTCOME = "record_outcome";
  static final String END_CALL = "end_call";
  static final String HOLD = "hold";

  private static final Tool END_CALL_TOOL =
      new Tool(
          END_CALL,
          "Ends the call after what you say in this response was heard. Say goodbye in the same"
              + " response.",
          """
          {"type":"object","properties":{},"additionalProperties":false}""");

  private static final Tool HOLD_TOOL =
      new Tool(
          HOLD,
          "Waits in silence, for up to two minutes, until the restaurant speaks again. Call it when"
              + " you are asked to hold or to wait; agree in a word in the same response.",
          """
          {"type":"object","properties":{},"additionalProperties":false}""");

  private final Instructions instructions;

  public Agent(Instructions instructions) {
    this.instructions = instructions;
  }

  /** What the model's session for that reservation is set up with. */
  public AgentProfile profile(Reservation reservation) {
    String language = Locale.forLanguageTag(reservation.language()).getLanguage();
    return new AgentProfile(
        instructions.fill(reservation),
        language.isEmpty() ? "en" : language,
        List.of(OutcomeTool.DEFINITION, HOLD_TOOL, END_CALL_TOOL));
  }

  /**
   * Decides what a tool call of the model comes to. Never throws: the arguments may be anything.
   *
   * @param argumentsJson as the model wrote them
   */
  public ToolResult call(Reservation reservation, String tool, String argumentsJson) {
    return switch (tool) {
      case RECORD_OUTCOME -> OutcomeTool.call(reservation, argumentsJson);
      case END_CALL -> new EndCall(ToolReply.ok("The line is closed when your goodbye was heard."));
      case HOLD -> new Hold(ToolReply.ok("Nothing is said until the restaurant speaks."));
      default -> new Refused(ToolReply.error("There is no tool of that name."));
    };
  }
}

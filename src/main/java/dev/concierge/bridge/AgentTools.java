package dev.concierge.bridge;

import dev.concierge.agent.Agent;
import dev.concierge.agent.ToolResult;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.Reservation;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's tools in one conversation: they know what was asked for, and record what came. */
final class AgentTools {

  private static final Logger LOG = LoggerFactory.getLogger(AgentTools.class);

  private final Reservation reservation;
  private final Agent agent;
  private final ModelLeg model;
  private final Consumer<CallFact> facts;

  AgentTools(Reservation reservation, Agent agent, ModelLeg model, Consumer<CallFact> facts) {
    this.reservation = reservation;
    this.agent = agent;
    this.model = model;
    this.facts = facts;
  }

  /** Uses a tool and answers the model. */
  ToolResult use(ModelEvent.ToolCalled call) {
    ToolResult result = result(call);
    model.answerTool(call.toolCallId(), result.replyJson());
    return result;
  }

  /** A fault of ours is the tool's, not the call's: the model is told, and talks on. */
  private ToolResult result(ModelEvent.ToolCalled call) {
    try {
      ToolResult result = agent.call(reservation, call.name(), call.argumentsJson());
      if (result instanceof ToolResult.Recorded recorded) {
        facts.accept(new OutcomeRecorded(recorded.outcome()));
      }
      return result;
    } catch (RuntimeException e) {
      LOG.error("The tool {} failed", call.name(), e);
      return ToolResult.failed();
    }
  }
}

package dev.concierge.bridge;

import dev.concierge.agent.Agent;
import dev.concierge.agent.Cue;
import dev.concierge.agent.ToolResult;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ModelFaulted;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Reservation;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the agent does in one response of the model, and what follows when it has ended. */
final class AgentTurn {

  private static final Logger LOG = LoggerFactory.getLogger(AgentTurn.class);

  /** How many responses in a row may fail before the callee is let go. */
  private static final int FAILURES = 2;

  private final Reservation reservation;
  private final Agent agent;
  private final ModelLeg model;
  private final Responses responses;
  private final Goodbye goodbye;
  private final TimeLimit timeLimit;
  private final Ending ending;
  private final Consumer<CallFact> facts;

  private boolean spoke;
  private boolean toolAnswered;
  private boolean endCalled;
  private int failures;

  AgentTurn(
      Reservation reservation,
      Agent agent,
      ModelLeg model,
      Responses responses,
      Goodbye goodbye,
      TimeLimit timeLimit,
      Ending ending,
      Consumer<CallFact> facts) {
    this.reservation = reservation;
    this.agent = agent;
    this.model = model;
    this.responses = responses;
    this.goodbye = goodbye;
    this.timeLimit = timeLimit;
    this.ending = ending;
    this.facts = facts;
  }

  void began() {
    spoke = false;
  }

  void spoke() {
    spoke = true;
  }

  /** The agent uses a tool. Its answer is spoken on when the response has ended, once for all. */
  void tool(ModelEvent.ToolCalled call) {
    ToolResult result = use(call);
    if (result instanceof ToolResult.EndCall) {
      endCalled = true;
    } else {
      toolAnswered = true;
    }
    model.answerTool(call.toolCallId(), result.replyJson());
  }

  /** A fault of ours is the tool's, not the call's: the model is told, and talks on. */
  private ToolResult use(ModelEvent.ToolCalled call) {
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

  /** The response ended, in whatever way. */
  void ended(ModelEvent.ResponseEnded response) {
    boolean leave = endCalled && !responses.isHostSpeaking();
    boolean goOn = toolAnswered;
    endCalled = false;
    toolAnswered = false;
    if (responses.ended() || response.ending() == ModelEvent.Ending.CANCELLED) {
      return;
    }
    if (response.ending() == ModelEvent.Ending.FAILED) {
      failed(String.valueOf(response.failure()));
      return;
    }
    failures = 0;
    if (goodbye.isAsked()) {
      goodbye.play();
    } else if (leave && spoke) {
      goodbye.play(timeLimit.leaveReason());
    } else if (leave) {
      goodbye.ask(Cue.GOODBYE, timeLimit.leaveReason());
    } else if (goOn && !goodbye.isPlaying()) {
      responses.request(null);
    }
  }

  private void failed(String detail) {
    facts.accept(new ModelFaulted("response_failed", detail));
    if (++failures >= FAILURES) {
      ending.apologise(EndedReason.MODEL_FAILED, detail);
    } else if (!goodbye.isPlaying()) {
      responses.request(null);
    }
  }
}

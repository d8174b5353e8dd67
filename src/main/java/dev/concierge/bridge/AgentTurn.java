package dev.concierge.bridge;

import dev.concierge.agent.Cue;
import dev.concierge.agent.ToolResult;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ModelFaulted;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Usage;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the agent does in one response of the model, and what follows when it has ended. */
final class AgentTurn {

  /** How many responses in a row may fail before the callee is let go. */
  private static final int FAILURES = 2;

  /** A response that says and does nothing would leave the callee in silence. */
  private static final ModelEvent.Faulted EMPTY =
      new ModelEvent.Faulted("empty", "neither audio nor a tool call");

  private final AgentTools tools;
  private final Responses responses;
  private final Goodbye goodbye;
  private final TimeLimit timeLimit;
  private final Ending ending;
  private final Patience patience;
  private final Consumer<CallFact> facts;
  private final Clock clock;

  private boolean answered;
  private boolean spoke;
  private boolean toolAnswered;
  private boolean endCalled;
  private int failures;

  /** The response whose end was given up. */
  private @Nullable String untold;

  AgentTurn(
      AgentTools tools,
      Responses responses,
      Goodbye goodbye,
      TimeLimit timeLimit,
      Ending ending,
      Patience patience,
      Consumer<CallFact> facts,
      Clock clock) {
    this.tools = tools;
    this.responses = responses;
    this.goodbye = goodbye;
    this.timeLimit = timeLimit;
    this.ending = ending;
    this.patience = patience;
    this.facts = facts;
    this.clock = clock;
  }

  /** A response began: what the one before it wanted is over. */
  void began() {
    answered = false;
    spoke = false;
    toolAnswered = false;
    endCalled = false;
    untold = null;
  }

  /** Audio came, be it heard or not. */
  void answered() {
    answered = true;
  }

  /** Audio came, and goes to the line. */
  void spoke() {
    spoke = true;
  }

  /** The agent uses a tool. Its answer is spoken on when the response has ended, once for all. */
  void tool(ModelEvent.ToolCalled call) {
    answered = true;
    ToolResult result = tools.use(call);
    if (result instanceof ToolResult.EndCall) {
      endCalled = true;
    } else if (result instanceof ToolResult.Hold) {
      hold();
    } else {
      toolAnswered = true;
    }
  }

  /** Unless somebody speaks already: then the wait is over. */
  private void hold() {
    if (!responses.isHostSpeaking()) {
      patience.hold(clock.millis());
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
    ModelEvent.Faulted fault = faultOf(response);
    if (fault != null) {
      facts.accept(new ModelFaulted("response_failed", fault.words()));
      tryAgain(fault);
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

  /**
   * Nothing came for too long. A response that said or did something and has only to end has ended,
   * whatever became of the word of it: the callee misses nothing. Should the service be at it
   * still, it is stopped, and nothing more of it is heard.
   */
  void overdue(AgentVoice voice) {
    untold = responses.isEndOverdue() ? responses.activeId() : null;
    if (untold == null || !answered || voice.isSaying()) {
      ending.apologise(EndedReason.MODEL_SILENT, "no answer");
    } else {
      facts.accept(new ModelFaulted("response_end_untold", "nothing more came of a response"));
      voice.mute(untold);
      responses.cancel();
      ended(new ModelEvent.ResponseEnded(null, ModelEvent.Ending.COMPLETED, null, Usage.NONE));
    }
  }

  /**
   * A response ended that is not the current one. If it could be stopped although its end was given
   * up, the service was only slow: it is asked to go on.
   */
  void endedLate(ModelEvent.ResponseEnded response) {
    boolean wasSlow =
        response.ending() == ModelEvent.Ending.CANCELLED
            && untold != null
            && untold.equals(response.responseId());
    if (wasSlow && !responses.isActive() && !goodbye.isPlaying()) {
      responses.request(null);
    }
  }

  private ModelEvent.@Nullable Faulted faultOf(ModelEvent.ResponseEnded response) {
    boolean empty = !answered && !responses.isHostSpeaking();
    return response.fault() == null && empty ? EMPTY : response.fault();
  }

  /** The service reported a fault: perhaps it will not answer what it was asked for. */
  void faulted(ModelEvent.Faulted fault) {
    facts.accept(new ModelFaulted(fault.code(), fault.message()));
    if (fault.code().equals("conversation_already_has_active_response")) {
      responses.refused();
    } else if (fault.isRateLimit() && responses.isAwaited()) {
      responses.refused();
      tryAgain(fault);
    }
  }

  private void tryAgain(ModelEvent.Faulted fault) {
    if (++failures >= FAILURES) {
      ending.apologise(
          fault.isRateLimit() ? EndedReason.MODEL_RATE_LIMITED : EndedReason.MODEL_FAILED,
          fault.words());
    } else if (!goodbye.isPlaying()) {
      responses.requestAgain();
    }
  }
}

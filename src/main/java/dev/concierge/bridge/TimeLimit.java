package dev.concierge.bridge;

import dev.concierge.agent.Cue;
import dev.concierge.call.EndedReason;

/**
 * How long the conversation may take, and how the agent is led to finish in time: it is told to
 * come to an end, and when the service shuts down, to say goodbye if that did not help.
 */
final class TimeLimit {

  private final Responses responses;
  private final Goodbye goodbye;
  private final Patience patience;
  private EndedReason reason = EndedReason.MAX_DURATION;
  private EndedReason leaveReason = EndedReason.AGENT_SAID_GOODBYE;

  TimeLimit(Responses responses, Goodbye goodbye, Patience patience) {
    this.responses = responses;
    this.goodbye = goodbye;
    this.patience = patience;
  }

  /** The service shuts down: all has to be over by then, if it had not to be sooner anyway. */
  void shutDownBy(long atMs, long nowMs) {
    if (patience.endBy(atMs, nowMs)) {
      reason = EndedReason.SHUT_DOWN;
    }
  }

  /** The agent is to come to an end. */
  void wrapUp(boolean ready, long nowMs) {
    if (goodbye.isUnderWay()) {
      return;
    }
    if (!mayAsk(ready)) {
      patience.postpone(patience.wrapUp, nowMs);
      return;
    }
    if (reason == EndedReason.SHUT_DOWN) {
      leaveReason = EndedReason.SHUT_DOWN;
    }
    responses.request(Cue.WRAP_UP);
  }

  /** The agent is to say goodbye. */
  void lastWords(boolean ready, long nowMs) {
    if (!mayAsk(ready)) {
      patience.postpone(patience.lastWords, nowMs);
    } else if (!goodbye.isUnderWay()) {
      patience.wrapUp.clear();
      goodbye.ask(Cue.GOODBYE, reason);
    }
  }

  /** What is asked for while the callee speaks, or before the model can, would be lost. */
  private boolean mayAsk(boolean ready) {
    return ready && !responses.isHostSpeaking();
  }

  /** Why the call ends when the time is over. */
  EndedReason reason() {
    return reason;
  }

  /** Why the call ends when the agent takes leave. */
  EndedReason leaveReason() {
    return leaveReason;
  }
}

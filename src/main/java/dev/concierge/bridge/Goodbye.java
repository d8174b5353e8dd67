package dev.concierge.bridge;

import dev.concierge.agent.Cue;
import dev.concierge.call.EndedReason;
import java.time.Clock;

/**
 * Taking leave of the callee: the agent may have to be asked for a goodbye, and what it says is
 * heard to its end before the line is closed.
 */
final class Goodbye {

  private enum Stage {
    NONE,
    /** The agent was told to say it. */
    ASKED,
    /** It was said; it is being played. */
    PLAYING
  }

  private final Responses responses;
  private final Playback playback;
  private final Patience patience;
  private final Clock clock;
  private Stage stage = Stage.NONE;
  private EndedReason reason = EndedReason.AGENT_SAID_GOODBYE;

  Goodbye(Responses responses, Playback playback, Patience patience, Clock clock) {
    this.responses = responses;
    this.playback = playback;
    this.patience = patience;
    this.clock = clock;
  }

  /** Has the agent say goodbye. */
  void ask(Cue cue, EndedReason why) {
    reason = why;
    stage = Stage.ASKED;
    responses.request(cue);
  }

  /** The goodbye that was asked for has been said. */
  void play() {
    play(reason);
  }

  /** A goodbye has been said: the line stays open until it was heard. */
  void play(EndedReason why) {
    reason = why;
    stage = Stage.PLAYING;
    patience.quiet.clear();
    patience.playGoodbye(clock.millis(), playback.waitingMs());
  }

  /** The callee speaks again: the call goes on. */
  void postpone() {
    stage = Stage.NONE;
    patience.goodbye.clear();
  }

  boolean isAsked() {
    return stage == Stage.ASKED;
  }

  boolean isPlaying() {
    return stage == Stage.PLAYING;
  }

  /** Whether it was asked for or is being played. */
  boolean isUnderWay() {
    return stage != Stage.NONE;
  }

  /** Why the call ends when the goodbye was heard. */
  EndedReason reason() {
    return reason;
  }
}

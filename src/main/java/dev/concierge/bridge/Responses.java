package dev.concierge.bridge;

import dev.concierge.agent.Cue;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Has the model speak, one response at a time: a second one in the same session is refused by the
 * vendor.
 *
 * <p>While the callee has the turn nothing is asked for at all, because speech is answered when it
 * ends.
 */
final class Responses {

  private final ModelLeg model;
  private final boolean serviceTakesTurns;
  private final Patience patience;
  private final Clock clock;
  private @Nullable String activeId;
  private boolean asked;
  private boolean hostSpeaking;
  private boolean stopped;
  private @Nullable Request waiting;
  private @Nullable Cue lastCue;

  /** A wish for a response; {@code cue} is {@code null} to go on with the conversation. */
  private record Request(@Nullable Cue cue) {}

  /**
   * @param serviceTakesTurns whether the model's service cuts and answers speech by itself
   */
  Responses(ModelLeg model, boolean serviceTakesTurns, Patience patience, Clock clock) {
    this.model = model;
    this.serviceTakesTurns = serviceTakesTurns;
    this.patience = patience;
    this.clock = clock;
  }

  /** Has the model speak now, or after the response that is active. */
  void request(@Nullable Cue cue) {
    if (hostSpeaking || stopped) {
      return;
    }
    if (isActive()) {
      waiting = new Request(cue);
      return;
    }
    asked = true;
    lastCue = cue;
    model.createResponse(cue == null ? null : cue.instructions());
    patience.expectAnswer(clock.millis());
  }

  /** Has the model try once more what it did not do. */
  void requestAgain() {
    request(lastCue);
  }

  /** Nobody listens any more: nothing is asked for. */
  void stop() {
    stopped = true;
  }

  /** The callee takes the turn: what the model is saying is stopped. */
  void hostBegan() {
    hostSpeaking = true;
    waiting = null;
    lastCue = null;
    if (activeId != null && !serviceTakesTurns) {
      model.cancelResponse();
    }
  }

  /** The callee has finished: the model answers. */
  void hostEnded() {
    hostSpeaking = false;
    if (serviceTakesTurns) {
      patience.expectAnswer(clock.millis());
    } else {
      request(null);
    }
  }

  boolean isHostSpeaking() {
    return hostSpeaking;
  }

  boolean isActive() {
    return asked || activeId != null;
  }

  /** Whether the model is to speak, and has not begun to. */
  boolean isAwaited() {
    return activeId == null && patience.answer.isSet();
  }

  /** The response that is being generated; {@code null} if there is none. */
  @Nullable String activeId() {
    return activeId;
  }

  /**
   * A response began. One that we asked for just before the callee began to speak is stopped: the
   * model would speak over them, and could not answer them.
   *
   * @return whether it may be heard
   */
  boolean started(String responseId) {
    lastCue = asked ? lastCue : null;
    asked = false;
    activeId = responseId;
    if (hostSpeaking) {
      model.cancelResponse();
    }
    return !hostSpeaking;
  }

  /** What we asked for was refused. */
  void refused() {
    asked = false;
  }

  /**
   * A response ended.
   *
   * @return whether one that waited for its end was asked for
   */
  boolean ended() {
    asked = false;
    activeId = null;
    patience.answer.clear();
    Request next = waiting;
    waiting = null;
    if (next != null) {
      request(next.cue());
    }
    return asked;
  }
}

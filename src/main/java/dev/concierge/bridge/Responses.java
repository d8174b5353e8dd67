package dev.concierge.bridge;

import dev.concierge.agent.Cue;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Has the model speak, one response at a time: a second one in the same session is refused by the
 * vendor.
 *
 * <p>While the callee speaks nothing is asked for at all, because the model answers speech of its
 * own accord when it ends.
 */
final class Responses {

  private final ModelLeg model;
  private final Patience patience;
  private final Clock clock;
  private @Nullable String activeId;
  private boolean asked;
  private boolean hostSpeaking;
  private boolean stopped;
  private @Nullable Request waiting;

  /** A wish for a response; {@code cue} is {@code null} to go on with the conversation. */
  private record Request(@Nullable Cue cue) {}

  Responses(ModelLeg model, Patience patience, Clock clock) {
    this.model = model;
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
    model.createResponse(cue == null ? null : cue.instructions());
    patience.expectAnswer(clock.millis());
  }

  /** Nobody listens any more: nothing is asked for. */
  void stop() {
    stopped = true;
  }

  void hostSpeaking(boolean speaking) {
    hostSpeaking = speaking;
    if (speaking) {
      waiting = null;
    }
  }

  boolean isHostSpeaking() {
    return hostSpeaking;
  }

  boolean isActive() {
    return asked || activeId != null;
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
    asked = false;
    activeId = responseId;
    if (hostSpeaking) {
      model.cancelResponse();
    }
    return !hostSpeaking;
  }

  /** What we asked for was refused, because the model speaks already. */
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

package dev.concierge.bridge;

import dev.concierge.agent.Cue;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
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

  /** We asked for a response that has not begun. */
  private boolean asked;

  /** The callee has finished, and the service's own answer has not begun. */
  private boolean promised;

  private boolean hostSpeaking;
  private boolean stopped;
  private @Nullable Request waiting;
  private @Nullable Cue lastCue;

  // A call has some dozens of responses.
  private final Set<String> begunIds = new HashSet<>();
  private final Set<String> endedIds = new HashSet<>();

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

  /** Has the model speak now, or after the response that is active. Neither is waited for long. */
  void request(@Nullable Cue cue) {
    if (hostSpeaking || stopped) {
      return;
    }
    if (isActive()) {
      waiting = new Request(cue);
    } else {
      asked = true;
      lastCue = cue;
      model.createResponse(cue == null ? null : cue.instructions());
    }
    patience.expectAnswer(clock.millis());
  }

  /** Has the model try once more what it did not do. */
  void requestAgain() {
    request(lastCue);
  }

  /** Nobody listens any more: nothing is asked for. */
  void stop() {
    stopped = true;
    promised = false;
  }

  /** The callee takes the turn: what the model is saying is stopped. */
  void hostBegan() {
    hostSpeaking = true;
    promised = false;
    waiting = null;
    lastCue = null;
    if (activeId != null && !serviceTakesTurns) {
      model.cancelResponse();
    }
  }

  /** The callee has finished: the model answers. */
  void hostEnded() {
    boolean hadTurn = hostSpeaking;
    hostSpeaking = false;
    if (!serviceTakesTurns) {
      request(null);
    } else if (hadTurn) {
      promised = true;
      patience.expectAnswer(clock.millis());
    }
  }

  /** The callee has been speaking for so long that the end of it must have been lost. */
  void hostIsQuiet() {
    hostSpeaking = false;
  }

  boolean isHostSpeaking() {
    return hostSpeaking;
  }

  boolean isActive() {
    return asked || promised || activeId != null;
  }

  /** Whether the model is to speak, and has not begun to. */
  boolean isAwaited() {
    return activeId == null && patience.answer.isSet();
  }

  /** Whether all that is waited for is the end of the response that is active. */
  boolean isEndOverdue() {
    return activeId != null && !promised;
  }

  /** Has the service stop what it is generating. */
  void cancel() {
    model.cancelResponse();
  }

  /** The response that is being generated; {@code null} if there is none. */
  @Nullable String activeId() {
    return activeId;
  }

  /** Whether nothing is known of a response yet. What is told twice or too late is not news. */
  boolean isNew(String responseId) {
    return !begunIds.contains(responseId) && !endedIds.contains(responseId);
  }

  /**
   * A response began. One that we asked for just before the callee began to speak is stopped: the
   * model would speak over them, and could not answer them. One that the service began of its own
   * accord tells that they have finished, whatever became of the word of it.
   *
   * @return whether it may be heard
   */
  boolean started(String responseId) {
    boolean over = hostSpeaking && (asked || !serviceTakesTurns);
    lastCue = asked ? lastCue : null;
    asked = false;
    promised = false;
    activeId = responseId;
    begunIds.add(responseId);
    if (over) {
      model.cancelResponse();
    } else if (hostSpeaking) {
      hostSpeaking = false;
      patience.expectAnswer(clock.millis());
    }
    return !over;
  }

  /** What we asked for was refused. */
  void refused() {
    asked = false;
    promised = false;
  }

  /** Whether the end of a response is told for the first time. */
  boolean endsNow(@Nullable String responseId) {
    return responseId == null || endedIds.add(responseId);
  }

  /** Whether a response that ended is the one that is active, or one whose begin was not told. */
  boolean isCurrent(@Nullable String responseId) {
    return responseId == null
        || responseId.equals(activeId)
        || (activeId == null && !begunIds.contains(responseId));
  }

  /**
   * The current response ended. One that waited for it is asked for.
   *
   * @return whether another one is under way
   */
  boolean ended() {
    if (activeId == null) {
      refused();
    }
    activeId = null;
    if (!isActive()) {
      patience.answer.clear();
      requestWaiting();
    }
    return isActive();
  }

  private void requestWaiting() {
    Request next = waiting;
    waiting = null;
    if (next != null) {
      request(next.cue());
    }
  }
}

package dev.concierge.bridge;

import dev.concierge.agent.Cue;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.EndedReason;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one end of a conversation: both legs are released, and the ledger is told why. */
final class Ending {

  private enum Stage {
    NOT_YET,
    /** The callee is gone; the last words are being written down. */
    LINGERING,
    OVER
  }

  private final CallerLeg line;
  private final ModelLeg model;
  private final Transcript transcript;
  private final Figures figures;
  private final Consumer<CallFact> facts;
  private final Clock clock;
  private Stage stage = Stage.NOT_YET;

  Ending(
      CallerLeg line,
      ModelLeg model,
      Transcript transcript,
      Figures figures,
      Consumer<CallFact> facts,
      Clock clock) {
    this.line = line;
    this.model = model;
    this.transcript = transcript;
    this.figures = figures;
    this.facts = facts;
    this.clock = clock;
  }

  /** The model cannot speak any more: the carrier's voice takes leave of the callee. */
  void apologise(EndedReason reason, String detail) {
    if (stage == Stage.LINGERING) {
      afterHangUp();
    } else if (stage == Stage.NOT_YET) {
      line.clear();
      line.sayAndHangUp(Cue.APOLOGY);
      finish(reason, detail);
    }
  }

  /** Hangs up. */
  void hangUp(EndedReason reason, @Nullable String detail) {
    if (stage != Stage.OVER) {
      line.close();
      finish(reason, detail);
    }
  }

  /** The callee hung up: what was said last may still come, and is waited for. */
  void linger() {
    stage = Stage.LINGERING;
    transcript.endAgent(clock.millis());
    line.close();
  }

  /** Nothing more is to be waited for since the callee hung up. */
  void afterHangUp() {
    finish(EndedReason.CALLEE_HUNG_UP, null);
  }

  private void finish(EndedReason reason, @Nullable String detail) {
    stage = Stage.OVER;
    long nowMs = clock.millis();
    transcript.endAgent(nowMs);
    transcript.endHost();
    model.close();
    facts.accept(new ConversationEnded(reason, detail, figures.summary(nowMs)));
  }

  boolean isLingering() {
    return stage == Stage.LINGERING;
  }

  boolean isOver() {
    return stage == Stage.OVER;
  }
}

package dev.concierge.bridge;

import static dev.concierge.bridge.ModelEvent.Ending.CANCELLED;
import static dev.concierge.bridge.ModelEvent.Ending.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.EndedReason;
import org.junit.jupiter.api.Test;

/** What the model's use of a tool comes to. */
class ToolsTest {

  private static final String DECLINED = "{\"result\":\"declined\"}";

  private final BridgeRig rig = new BridgeRig();

  @Test
  @Behaviour({48, 49})
  void oneResponseFollowsAllToolCallsOfAResponse() {
    rig.ready();
    rig.responseStarts("r1");
    rig.tool("record_outcome", DECLINED);
    rig.tool("record_outcome", "not json");
    assertThat(rig.model)
        .containsExactly("answer tool-record_outcome ok", "answer tool-record_outcome error");
    rig.responseEnds("r1", COMPLETED);
    assertThat(rig.model).endsWith("create").hasSize(3);
  }

  @Test
  @Behaviour(48)
  void aToolIsNotSpokenOnBeforeItsResponseHasEnded() {
    rig.ready();
    rig.responseStarts("r1");
    rig.tool("record_outcome", DECLINED);
    assertThat(rig.created()).isZero();
    rig.responseEnds("r1", COMPLETED);
    assertThat(rig.created()).isEqualTo(1);
  }

  @Test
  @Behaviour(49)
  void aToolThatFailsIsToldToTheModelAndTheCallGoesOn() {
    rig.ready();
    rig.outcomesFail = true;
    rig.responseStarts("r1");
    rig.tool("record_outcome", DECLINED);
    rig.responseEnds("r1", COMPLETED);
    assertThat(rig.model).containsExactly("answer tool-record_outcome error", "create");
    assertThat(rig.ends()).isEmpty();
  }

  @Test
  @Behaviour(50)
  void theOutcomeIsKeptEvenIfTheCalleeHangsUpAtOnce() {
    rig.ready();
    rig.responseStarts("r1");
    rig.bridge.accept(new CallerEvent.Stopped());
    rig.tool("record_outcome", DECLINED);
    rig.responseEnds("r1", COMPLETED);
    assertThat(rig.facts).anyMatch(OutcomeRecorded.class::isInstance);
    assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.CALLEE_HUNG_UP);
  }

  @Test
  void aCancelledResponseIsNotGoneOnWith() {
    rig.ready();
    rig.responseStarts("r1");
    rig.tool("record_outcome", DECLINED);
    rig.hostBegins("h1", 100);
    rig.responseEnds("r1", CANCELLED);
    assertThat(rig.created()).isZero();
  }
}

package dev.concierge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.call.EndedReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A line that takes the agent's audio and never says that it was played. */
class StalledLineTest {

  private final BridgeRig rig = new BridgeRig().ready();

  private void agentSpeaksForTwoSeconds() {
    rig.responseStarts("r1");
    rig.agentSays("r1", "i1", 1_000);
    rig.agentSays("r1", "i1", 1_000);
    rig.agentItemEnds("i1", "Hello.");
    rig.responseEnds("r1", ModelEvent.Ending.COMPLETED);
  }

  @Test
  void endsTheCallTenSecondsAfterAllMustHaveBeenPlayed() {
    agentSpeaksForTwoSeconds();
    rig.pass(Duration.ofMillis(11_900));
    assertThat(rig.ends()).isEmpty();
    rig.pass(Duration.ofMillis(200));
    assertThat(rig.ends())
        .extracting(end -> end.reason())
        .containsExactly(EndedReason.CALLER_LEG_STALLED);
    assertThat(rig.line).endsWith("close");
    assertThat(rig.model).endsWith("close");
  }

  @Test
  void isNotStalledWhileMarksComeBackHoweverSlowly() {
    agentSpeaksForTwoSeconds();
    rig.pass(Duration.ofSeconds(11));
    rig.markReturns("m1");
    rig.pass(Duration.ofSeconds(10));
    assertThat(rig.ends()).isEmpty();
  }
}

package dev.concierge.bridge;

import static dev.concierge.agent.Cue.STILL_THERE;
import static dev.concierge.bridge.ModelEvent.Ending.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent that was asked to hold waits longer than into a silence that nobody announced. */
class HoldTest {

  private static final String PROMPT = "create: " + STILL_THERE.instructions();

  private final BridgeRig rig = new BridgeRig();

  /** Asked to hold, the agent agrees. */
  @BeforeEach
  void holds() {
    rig.ready();
    hostSpeaks("h1");
    rig.responseStarts("r1");
    rig.agentSays("r1", "i1", 1_000);
    rig.tool("hold", "{}");
    rig.responseEnds("r1", COMPLETED);
    rig.allIsPlayed();
  }

  private void hostSpeaks(String item) {
    rig.hostBegins(item, 0);
    rig.hostEnds(item, 1_000);
  }

  @Test
  @Behaviour(54)
  void nothingIsSaidForTwoMinutes() {
    rig.pass(Duration.ofSeconds(119));
    assertThat(rig.model).containsExactly("answer tool-hold ok");
    rig.pass(Duration.ofSeconds(1));
    assertThat(rig.model).containsExactly("answer tool-hold ok", PROMPT);
  }

  @Test
  void itIsAskedSoonerWhenTheWaitWasTooLong() {
    rig.pass(Duration.ofMinutes(2));
    rig.responseStarts("r2");
    rig.agentSays("r2", "i2", 1_000);
    rig.responseEnds("r2", COMPLETED);
    rig.allIsPlayed();
    rig.pass(Duration.ofSeconds(12));
    assertThat(rig.model).containsExactly("answer tool-hold ok", PROMPT, PROMPT);
  }

  @Test
  void itIsOverWhenTheCalleeSpeaks() {
    rig.pass(Duration.ofSeconds(60));
    hostSpeaks("h2");
    rig.responseStarts("r2");
    rig.agentSays("r2", "i2", 1_000);
    rig.responseEnds("r2", COMPLETED);
    rig.allIsPlayed();
    rig.pass(Duration.ofSeconds(12));
    assertThat(rig.model).containsExactly("answer tool-hold ok", PROMPT);
  }
}

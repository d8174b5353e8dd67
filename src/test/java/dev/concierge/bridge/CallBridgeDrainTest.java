package dev.concierge.bridge;

import static dev.concierge.bridge.ModelEvent.Ending.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.agent.Cue;
import dev.concierge.call.EndedReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the service shuts down, a conversation finishes within the limit. */
class CallBridgeDrainTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofMillis(600);

  private final BridgeRig rig = new BridgeRig();

  private static String create(Cue cue) {
    return "create: " + cue.instructions();
  }

  /** The agent has answered something, and was heard. */
  private void conversationRuns() {
    rig.ready();
    rig.responseStarts("r1");
    rig.agentSays("r1", "i1", 200);
    rig.agentItemEnds("i1", "Hello.");
    rig.responseEnds("r1", COMPLETED);
    rig.allIsPlayed();
  }

  private void endWithin(Duration limit) {
    rig.bridge.endBy(rig.clock.millis() + limit.toMillis());
  }

  private EndedReason reason() {
    return rig.ends().get(0).reason();
  }

  @Test
  @Behaviour(59)
  void theAgentIsToldToFinishAndItsGoodbyeIsTheShutDowns() {
    conversationRuns();
    endWithin(LIMIT);
    rig.pass(MOMENT);
    assertThat(rig.model).containsExactly(create(Cue.WRAP_UP));
    rig.responseStarts("r2");
    rig.agentSays("r2", "i2", 200);
    rig.tool("end_call", "{}");
    rig.responseEnds("r2", COMPLETED);
    assertThat(rig.ends()).as("its goodbye is heard first").isEmpty();
    rig.allIsPlayed();
    assertThat(reason()).isEqualTo(EndedReason.SHUT_DOWN);
    assertThat(rig.line).last().isEqualTo("close");
  }

  @Test
  void whatEndsByItselfBeforeItIsToldToIsNoShutDown() {
    conversationRuns();
    endWithin(Duration.ofMinutes(5));
    rig.pass(MOMENT);
    rig.responseStarts("r2");
    rig.agentSays("r2", "i2", 200);
    rig.tool("end_call", "{}");
    rig.responseEnds("r2", COMPLETED);
    rig.allIsPlayed();
    assertThat(reason()).isEqualTo(EndedReason.AGENT_SAID_GOODBYE);
  }

  @Test
  void nothingIsAskedForWhileTheCalleeSpeaks() {
    conversationRuns();
    rig.hostBegins("h1", 1_000);
    endWithin(LIMIT);
    rig.pass(MOMENT);
    assertThat(rig.model).isEmpty();
    rig.hostEnds("h1", 2_000);
    rig.pass(MOMENT);
    assertThat(rig.model).isEmpty();
    rig.responseStarts("r2");
    rig.agentSays("r2", "i2", 200);
    rig.responseEnds("r2", COMPLETED);
    assertThat(rig.model).containsExactly(create(Cue.WRAP_UP));
  }

  @Test
  void anAgentThatTalksOnIsToldToSayGoodbyeAndTheLineIsClosedAfterIt() {
    conversationRuns();
    endWithin(Duration.ofSeconds(5));
    rig.pass(MOMENT);
    assertThat(rig.model).containsExactly(create(Cue.GOODBYE));
    rig.responseStarts("r2");
    rig.agentSays("r2", "i2", 200);
    rig.responseEnds("r2", COMPLETED);
    rig.allIsPlayed();
    assertThat(reason()).isEqualTo(EndedReason.SHUT_DOWN);
  }

  @Test
  @Behaviour(59)
  void aCalleeWhoTalksOnIsHungUpAtTheLimit() {
    conversationRuns();
    rig.hostBegins("h1", 1_000);
    endWithin(LIMIT);
    rig.pass(LIMIT.minusMillis(1));
    assertThat(rig.ends()).isEmpty();
    rig.pass(Duration.ofMillis(1));
    assertThat(reason()).isEqualTo(EndedReason.SHUT_DOWN);
    assertThat(rig.line).last().isEqualTo("close");
  }

  @Test
  void aConversationThatIsNotYetReadyIsToldOnceItIs() {
    endWithin(LIMIT);
    rig.pass(MOMENT);
    rig.ready();
    rig.pass(MOMENT);
    assertThat(rig.model).containsExactly(create(Cue.WRAP_UP));
  }

  @Test
  void aLimitThatIsLaterThanTheOneItHasChangesNothing() {
    conversationRuns();
    endWithin(Duration.ofHours(1));
    rig.responseStarts("r2");
    rig.agentSays("r2", "i2", BridgeSettings.DEFAULT.maxDuration().toMillis());
    rig.responseEnds("r2", COMPLETED);
    rig.pass(BridgeSettings.DEFAULT.maxDuration().minusSeconds(29));
    rig.responseStarts("r3");
    rig.agentSays("r3", "i3", 200);
    rig.pass(Duration.ofSeconds(29));
    assertThat(reason()).isEqualTo(EndedReason.MAX_DURATION);
  }
}

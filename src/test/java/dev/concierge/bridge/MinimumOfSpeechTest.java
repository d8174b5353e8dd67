package dev.concierge.bridge;

import static dev.concierge.bridge.ModelEvent.Ending.CANCELLED;
import static dev.concierge.bridge.ModelEvent.Ending.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With a minimum of speech the bridge, not the model's service, stops and answers. */
class MinimumOfSpeechTest {

  private final BridgeRig rig = BridgeRig.withMinimumSpeech(Duration.ofMillis(700));

  private void agentSpeaksForTenSeconds() {
    rig.ready();
    rig.responseStarts("r1");
    rig.agentSays("r1", "i1", 10_000);
  }

  @Test
  void aShortNoiseCutsNothingAndIsNotAnswered() {
    agentSpeaksForTenSeconds();
    rig.hostBegins("h1", 0);
    rig.pass(Duration.ofMillis(699));
    rig.hostEnds("h1", 699);
    rig.pass(Duration.ofSeconds(3));
    assertThat(rig.line).doesNotContain("clear");
    assertThat(rig.model).isEmpty();
  }

  @Test
  @Behaviour(46)
  void speechThatLastsCutsCancelsOnceAndIsAnswered() {
    agentSpeaksForTenSeconds();
    rig.hostBegins("h1", 0);
    rig.pass(Duration.ofMillis(700));
    assertThat(rig.both).endsWith("clear", "truncate i1 700", "cancel");
    rig.hostEnds("h1", 1_200);
    assertThat(rig.created()).isZero();
    rig.responseEnds("r1", CANCELLED);
    assertThat(rig.model).containsExactly("truncate i1 700", "cancel", "create");
  }

  @Test
  @Behaviour(46)
  void noResponseIsCancelledWhereNoneIsActive() {
    agentSpeaksForTenSeconds();
    rig.responseEnds("r1", COMPLETED);
    rig.hostBegins("h1", 0);
    rig.pass(Duration.ofMillis(700));
    rig.hostEnds("h1", 1_200);
    assertThat(rig.model).containsExactly("truncate i1 700", "create");
  }

  @Test
  void shortSpeechIntoSilenceIsAnswered() {
    rig.ready();
    rig.hostBegins("h1", 0);
    rig.pass(Duration.ofMillis(600));
    rig.hostEnds("h1", 600);
    assertThat(rig.model).containsExactly("create");
  }

  @Test
  void shortSpeechThatOutlastsTheAgentIsAnswered() {
    rig.ready();
    rig.responseStarts("r1");
    rig.agentSays("r1", "i1", 1_000);
    rig.responseEnds("r1", COMPLETED);
    rig.hostBegins("h1", 900);
    rig.pass(Duration.ofMillis(300));
    rig.allIsPlayed();
    rig.hostEnds("h1", 1_200);
    assertThat(rig.line).doesNotContain("clear");
    assertThat(rig.model).containsExactly("create");
  }

  @Test
  void aGoodbyeThatIsSpokenIntoIsNotTheEndUntilItIsKnownIfForLong() {
    rig.ready();
    rig.responseStarts("r1");
    rig.agentSays("r1", "i1", 1_000);
    rig.tool("end_call", "{}");
    rig.responseEnds("r1", COMPLETED);
    rig.hostBegins("h1", 900);
    rig.allIsPlayed();
    assertThat(rig.ends()).isEmpty();
    rig.hostEnds("h1", 1_500);
    rig.pass(Duration.ofSeconds(5));
    assertThat(rig.ends()).isEmpty();
    assertThat(rig.model).endsWith("create");
  }
}

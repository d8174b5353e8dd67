package dev.concierge.bridge;

import static dev.concierge.agent.Cue.OPENING;
import static dev.concierge.bridge.ModelEvent.Ending.CANCELLED;
import static dev.concierge.bridge.ModelEvent.Ending.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.agent.Cue;
import dev.concierge.call.CallFact.BargedIn;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens when the callee speaks while the agent does. */
class InterruptionTest {

  private final BridgeRig rig = new BridgeRig();

  private static String create(Cue cue) {
    return "create: " + cue.instructions();
  }

  @Test
  @Behaviour(39)
  void clearsOnceThenTruncatesAtWhatTheMarksSayWasPlayed() {
    rig.ready();
    rig.responseStarts("r1");
    for (int i = 0; i < 30; i++) {
      rig.agentSays("r1", "i1", 100);
    }
    for (int i = 1; i <= 10; i++) {
      rig.clock.advance(Duration.ofMillis(100));
      rig.markReturns("m" + i);
    }
    rig.hostBegins("h1", 1_000);
    assertThat(rig.both.subList(rig.both.indexOf("mark m30") + 1, rig.both.size()))
        .containsExactly("clear", "truncate i1 1000");
  }

  @Test
  @Behaviour(41)
  void clearsTruncatesAtWhatWasPlayedAndDropsLateAudio() {
    rig.agentIsSpeaking();
    rig.clock.advance(Duration.ofMillis(240));
    rig.hostBegins("h1", 1_240);
    rig.agentSays("r1", "i1", 500);
    assertThat(rig.line).filteredOn("clear"::equals).hasSize(1);
    assertThat(rig.line).endsWith("clear");
    assertThat(rig.model).containsExactly("truncate i1 1240");
    assertThat(rig.facts).contains(new BargedIn(1_240));
  }

  @Test
  @Behaviour(40)
  void marksThatComeBackBecauseOfTheClearAreNotPlayed() {
    rig.agentIsSpeaking();
    rig.hostBegins("h1", 1_000);
    rig.markReturns("m2");
    rig.responseEnds("r1", CANCELLED);
    rig.hostEnds("h1", 2_000);
    rig.responseStarts("r2");
    rig.agentSays("r2", "i2", 1_000);
    rig.clock.advance(Duration.ofMillis(300));
    rig.hostBegins("h2", 3_000);
    assertThat(rig.model).containsExactly("truncate i1 1000", "truncate i2 300");
  }

  @Test
  void thePositionBetweenMarksNeverPassesTheEndOfItsPiece() {
    rig.agentIsSpeaking();
    rig.clock.advance(Duration.ofSeconds(5));
    rig.hostBegins("h1", 6_000);
    assertThat(rig.model).containsExactly("truncate i1 2000");
  }

  @Test
  @Behaviour(41)
  void anItemOfWhichNothingCameInTimeIsTruncatedToNothingOnce() {
    rig.agentIsSpeaking();
    rig.hostBegins("h1", 1_000);
    rig.agentSays("r1", "i1", 100);
    rig.agentSays("r1", "i2", 100);
    rig.agentSays("r1", "i2", 100);
    assertThat(rig.model).containsExactly("truncate i1 1000", "truncate i2 0");
    assertThat(rig.line).endsWith("clear");
  }

  /** A model slower than speech: the line has run dry, and waits for more of the item. */
  @Test
  void anItemThatRanDryIsCutAtAllThatCame() {
    rig.ready();
    rig.responseStarts("r1");
    rig.bridge.accept(new ModelEvent.AgentTranscript("i1", "one two three four five six"));
    rig.agentSays("r1", "i1", 500);
    rig.clock.advance(Duration.ofMillis(500));
    rig.allIsPlayed();
    rig.hostBegins("h1", 500);
    rig.responseEnds("r1", CANCELLED);
    assertThat(rig.line).doesNotContain("clear");
    assertThat(rig.model).containsExactly("truncate i1 500");
    assertThat(rig.turns())
        .containsExactly(
            new Turn(Speaker.AGENT, "one two three four five six", "one two", 0, 500, true));
  }

  @Test
  void aMarkThatIsLateTellsThatTheLineIs() {
    rig.ready();
    rig.responseStarts("r1");
    for (int i = 0; i < 10; i++) {
      rig.agentSays("r1", "i1", 100);
    }
    rig.clock.advance(Duration.ofMillis(140));
    rig.markReturns("m1");
    rig.clock.advance(Duration.ofMillis(100));
    rig.markReturns("m2");
    rig.clock.advance(Duration.ofMillis(300));
    rig.markReturns("m3");
    rig.hostBegins("h1", 540);
    // 200 ms late by the third mark; the way there and back takes 40.
    assertThat(rig.model).containsExactly("truncate i1 340");
  }

  @Test
  @Behaviour(44)
  void anItemThatWaitsBehindAnotherIsTruncatedToNothing() {
    rig.agentIsSpeaking();
    rig.agentSays("r1", "i2", 1_000);
    rig.hostBegins("h1", 1_000);
    assertThat(rig.model).containsExactly("truncate i1 1000", "truncate i2 0");
  }

  @Test
  @Behaviour(42)
  void whileNothingPlaysSpeechInterruptsNothing() {
    rig.agentIsSpeaking();
    rig.agentItemEnds("i1", "one two three four");
    rig.responseEnds("r1", COMPLETED);
    rig.allIsPlayed();
    rig.hostBegins("h1", 3_000);
    assertThat(rig.line).doesNotContain("clear");
    assertThat(rig.model).isEmpty();
  }

  @Test
  @Behaviour(43)
  void afterTheResponseEndedBufferedAudioIsStillCut() {
    rig.agentIsSpeaking();
    rig.agentItemEnds("i1", "one two three four");
    rig.responseEnds("r1", COMPLETED);
    rig.hostBegins("h1", 1_000);
    assertThat(rig.line).contains("clear");
    assertThat(rig.model).containsExactly("truncate i1 1000");
  }

  @Test
  void aResponseThatBeginsWhileTheCalleeSpeaksIsStoppedAndNotHeard() {
    rig.ready();
    rig.pass(Duration.ofSeconds(2));
    rig.hostBegins("h1", 1_900);
    rig.responseStarts("r1");
    rig.agentSays("r1", "i1", 500);
    assertThat(rig.model).containsExactly(create(OPENING), "cancel", "truncate i1 0");
    assertThat(rig.line).isEmpty();
  }

  @Test
  void aModelThatStallsInTheMiddleOfItsSpeechIsApologisedFor() {
    rig.ready();
    rig.responseStarts("r1");
    rig.agentSays("r1", "i1", 100);
    rig.allIsPlayed();
    rig.pass(Duration.ofSeconds(7));
    assertThat(rig.line).endsWith("say");
    assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MODEL_SILENT);
  }
}

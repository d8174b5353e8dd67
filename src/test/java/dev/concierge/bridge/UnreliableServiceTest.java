package dev.concierge.bridge;

import static dev.concierge.agent.Cue.GOODBYE;
import static dev.concierge.agent.Cue.STILL_THERE;
import static dev.concierge.bridge.ModelEvent.Ending.CANCELLED;
import static dev.concierge.bridge.ModelEvent.Ending.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.call.EndedReason;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the model's service tells twice, late, in another order, or not at all. */
class UnreliableServiceTest {

  private BridgeRig rig = new BridgeRig();

  private void letTheBridgeTakeTurns() {
    rig = BridgeRig.withMinimumSpeech(Duration.ofMillis(300));
  }

  private void hostSpeaks(String item) {
    rig.hostBegins(item, 0);
    rig.hostEnds(item, 1_000);
  }

  private void agentAnswers(String response, String item) {
    rig.responseStarts(response);
    rig.agentSays(response, item, 1_000);
    rig.responseEnds(response, COMPLETED);
  }

  @Nested
  class Twice {

    @Test
    void theEndOfAResponseIsNotTheEndOfTheGoodbyeThatFollowsIt() {
      rig.ready();
      rig.responseStarts("r1");
      rig.tool("end_call", "{}");
      rig.responseEnds("r1", COMPLETED);
      rig.responseEnds("r1", COMPLETED);
      assertThat(rig.ends()).isEmpty();
      agentAnswers("r2", "i2");
      rig.allIsPlayed();
      assertThat(rig.line).containsExactly("play 8000", "mark m1", "close");
      assertThat(rig.created()).isEqualTo(1);
    }

    @Test
    void theEndOfAResponseIsPaidForOnce() {
      rig.ready();
      rig.responseStarts("r1");
      rig.agentSays("r1", "i1", 100);
      rig.responseEnds("r1", COMPLETED);
      rig.responseEnds("r1", COMPLETED);
      rig.bridge.end(EndedReason.SHUT_DOWN, null);
      assertThat(rig.ends().get(0).summary().usage()).isEqualTo(BridgeRig.SOME_USAGE);
    }

    @Test
    void theBeginOfAResponseDoesNotForgetWhatItDid() {
      rig.ready();
      rig.responseStarts("r1");
      rig.agentSays("r1", "i1", 100);
      rig.responseStarts("r1");
      rig.responseEnds("r1", COMPLETED);
      rig.responseStarts("r1");
      rig.allIsPlayed();
      rig.pass(Duration.ofSeconds(11));
      assertThat(rig.model).isEmpty();
      assertThat(rig.ends()).isEmpty();
    }

    @Test
    void theEndOfSpeechIsAnsweredOnce() {
      letTheBridgeTakeTurns();
      rig.ready();
      hostSpeaks("h1");
      rig.hostEnds("h1", 1_000);
      agentAnswers("r1", "i1");
      assertThat(rig.created()).isEqualTo(1);
    }

    @Test
    void theBeginOfSpeechThatHasEndedTakesNoTurn() {
      letTheBridgeTakeTurns();
      rig.ready();
      hostSpeaks("h1");
      rig.hostBegins("h1", 0);
      agentAnswers("r1", "i1");
      assertThat(rig.model).containsExactly("create");
      assertThat(rig.line).containsExactly("play 8000", "mark m1");
    }

    @Test
    void anotherSpeechUnderTheSameNameInterruptsToo() {
      rig.ready();
      hostSpeaks("h1");
      agentAnswers("r1", "i1");
      rig.hostBegins("h1", 2_500);
      assertThat(rig.line).containsExactly("play 8000", "mark m1", "clear");
    }
  }

  @Nested
  class InAnotherOrder {

    @Test
    void aResponseIsCutAlsoIfTheOneBeforeEndedAfterItBegan() {
      rig.agentIsSpeaking();
      hostSpeaks("h1");
      rig.responseStarts("r2");
      rig.responseEnds("r1", CANCELLED);
      rig.agentSays("r2", "i2", 1_000);
      rig.hostBegins("h2", 2_000);
      rig.agentSays("r2", "i2b", 1_000);
      assertThat(rig.line).endsWith("clear");
      assertThat(rig.model).endsWith("truncate i2 0", "truncate i2b 0");
    }

    @Test
    void aResponseThatEndedBeforeItBeganIsOver() {
      rig.ready();
      hostSpeaks("h1");
      rig.agentSays("r1", "i1", 1_000);
      rig.responseEnds("r1", COMPLETED);
      rig.responseStarts("r1");
      rig.allIsPlayed();
      rig.pass(Duration.ofSeconds(13));
      assertThat(rig.model).containsExactly("create: " + STILL_THERE.instructions());
    }

    @Test
    void anAnswerThatComesBeforeTheEndOfTheSpeechIsTheAnswer() {
      rig.ready();
      rig.hostBegins("h1", 0);
      rig.responseStarts("r1");
      rig.hostEnds("h1", 1_000);
      rig.agentSays("r1", "i1", 1_000);
      rig.responseEnds("r1", COMPLETED);
      rig.allIsPlayed();
      rig.pass(Duration.ofSeconds(11));
      assertThat(rig.model).isEmpty();
      assertThat(rig.ends()).isEmpty();
    }

    @Test
    void anEndThatComesAfterTheNextSpeechEndsNoWaitForItsAnswer() {
      rig.agentIsSpeaking();
      hostSpeaks("h1");
      rig.responseEnds("r1", CANCELLED);
      rig.pass(Duration.ofSeconds(7));
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MODEL_SILENT);
    }
  }

  @Nested
  class NotAtAll {

    @Test
    void anAnswerTellsThatTheCalleeHasFinished() {
      rig.ready();
      rig.hostBegins("h1", 0);
      rig.responseStarts("r1");
      rig.agentSays("r1", "i1", 1_000);
      assertThat(rig.model).isEmpty();
      assertThat(rig.line).containsExactly("play 8000", "mark m1");
    }

    @Test
    void anAnswerThatTellsThatTheCalleeHasFinishedIsNotWaitedForWithoutEnd() {
      rig.ready();
      rig.hostBegins("h1", 0);
      rig.responseStarts("r1");
      rig.pass(Duration.ofSeconds(7));
      assertThat(rig.line).endsWith("say");
    }

    @Test
    void speechOfWhichNoEndIsToldIsOverAfterTwoMinutes() {
      letTheBridgeTakeTurns();
      rig.ready();
      rig.hostBegins("h1", 0);
      rig.pass(Duration.ofMinutes(2));
      assertThat(rig.model).containsExactly("create: " + STILL_THERE.instructions());
    }

    @Test
    void anAnswerThatWaitsForOneThatWasLostIsNotWaitedForWithoutEnd() {
      letTheBridgeTakeTurns();
      rig.ready();
      hostSpeaks("h1");
      rig.bridge.accept(new ModelEvent.Faulted("server_error", "no"));
      hostSpeaks("h2");
      rig.pass(Duration.ofSeconds(7));
      assertThat(rig.created()).isEqualTo(1);
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MODEL_SILENT);
    }

    private void agentAnswersWithoutAnEnd(String response, String item) {
      rig.responseStarts(response);
      rig.agentSays(response, item, 1_000);
      rig.agentItemEnds(item, "Hello.");
    }

    @Test
    void aResponseWhoseEndIsNotToldLeavesTheCalleeTheTurn() {
      rig.ready();
      agentAnswersWithoutAnEnd("r1", "i1");
      rig.allIsPlayed();
      rig.pass(Duration.ofMillis(12_500));
      assertThat(rig.model).containsExactly("cancel", "create: " + STILL_THERE.instructions());
      assertThat(rig.ends()).isEmpty();
    }

    @Test
    void aResponseThatGoesOnAfterItsEndWasGivenUpIsNotHeard() {
      rig.ready();
      agentAnswersWithoutAnEnd("r1", "i1");
      rig.allIsPlayed();
      rig.pass(Duration.ofSeconds(7));
      rig.hostBegins("h1", 0);
      int played = rig.line.size();
      rig.agentSays("r1", "i2", 1_000);
      assertThat(rig.line).hasSize(played);
    }

    @Test
    void aResponseThatWasOnlySlowIsAskedToGoOn() {
      rig.ready();
      agentAnswersWithoutAnEnd("r1", "i1");
      rig.allIsPlayed();
      rig.pass(Duration.ofSeconds(7));
      rig.responseEnds("r1", CANCELLED);
      assertThat(rig.model).containsExactly("cancel", "create");
    }

    @Test
    void aCalleeWhoSpeaksMeanwhileIsNotSpokenOver() {
      rig.ready();
      agentAnswersWithoutAnEnd("r1", "i1");
      rig.allIsPlayed();
      rig.pass(Duration.ofSeconds(7));
      rig.hostBegins("h1", 0);
      rig.responseEnds("r1", CANCELLED);
      assertThat(rig.created()).isZero();
    }

    @Test
    void aCalleeWhoAnswersAResponseWhoseEndIsNotToldMaySpeakForLong() {
      rig.ready();
      agentAnswersWithoutAnEnd("r1", "i1");
      rig.allIsPlayed();
      rig.pass(Duration.ofSeconds(5));
      rig.hostBegins("h1", 0);
      rig.pass(Duration.ofSeconds(20));
      rig.hostEnds("h1", 20_000);
      agentAnswers("r2", "i2");
      rig.allIsPlayed();
      rig.pass(Duration.ofSeconds(11));
      assertThat(rig.ends()).isEmpty();
    }

    @Test
    void anAnswerWaitsForAnEndThatIsNotToldAndNotForEver() {
      letTheBridgeTakeTurns();
      rig.ready();
      agentAnswersWithoutAnEnd("r1", "i1");
      rig.allIsPlayed();
      rig.hostBegins("h1", 0);
      rig.pass(Duration.ofSeconds(1));
      rig.hostEnds("h1", 1_000);
      assertThat(rig.created()).isZero();
      rig.pass(Duration.ofSeconds(6));
      assertThat(rig.created()).isEqualTo(1);
      rig.pass(Duration.ofSeconds(6));
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MODEL_SILENT);
    }

    @Test
    void aToolIsSpokenOnAlsoIfTheEndOfItsResponseIsNotTold() {
      rig.ready();
      hostSpeaks("h1");
      rig.responseStarts("r1");
      rig.tool("record_outcome", "{}");
      rig.pass(Duration.ofSeconds(6));
      assertThat(rig.created()).isEqualTo(1);
    }

    @Test
    void aGoodbyeIsOneAlsoIfTheEndOfItsResponseIsNotTold() {
      rig.ready();
      agentAnswersWithoutAnEnd("r1", "i1");
      rig.tool("end_call", "{}");
      rig.allIsPlayed();
      rig.pass(Duration.ofSeconds(6));
      assertThat(rig.line).endsWith("close").doesNotContain("say");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.AGENT_SAID_GOODBYE);
    }

    @Test
    void audioThatFillsNoFrameIsNoAnswer() {
      rig.ready();
      hostSpeaks("h1");
      rig.responseStarts("r1");
      rig.bridge.accept(new ModelEvent.Audio("r1", "i1", new byte[10]));
      rig.pass(Duration.ofSeconds(7));
      assertThat(rig.line).containsExactly("clear", "say");
    }
  }

  @Test
  void whatIsAskedForBeforeTheServicesOwnAnswerWaitsForItsEnd() {
    rig.ready();
    hostSpeaks("h1");
    rig.bridge.endBy(rig.clock.millis() + 9_000);
    rig.pass(Duration.ofMillis(1));
    assertThat(rig.model).isEmpty();
    agentAnswers("r1", "i1");
    rig.allIsPlayed();
    assertThat(rig.model).containsExactly("create: " + GOODBYE.instructions());
    assertThat(rig.ends()).isEmpty();
    agentAnswers("r2", "i2");
    rig.allIsPlayed();
    assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.SHUT_DOWN);
  }

  @Test
  void theEndOfAnotherItemCutsNoFrame() {
    rig.ready();
    rig.responseStarts("r1");
    rig.bridge.accept(new ModelEvent.Audio("r1", "i1", new byte[100]));
    rig.bridge.accept(new ModelEvent.AudioEnded("i0"));
    rig.bridge.accept(new ModelEvent.Audio("r1", "i1", new byte[60]));
    assertThat(rig.line).containsExactly("play 160", "mark m1");
  }
}

package dev.concierge.bridge;

import static dev.concierge.agent.Cue.GIVE_UP;
import static dev.concierge.agent.Cue.GOODBYE;
import static dev.concierge.agent.Cue.OPENING;
import static dev.concierge.agent.Cue.STILL_THERE;
import static dev.concierge.agent.Cue.WRAP_UP;
import static dev.concierge.bridge.ModelEvent.Ending.COMPLETED;
import static dev.concierge.bridge.ModelEvent.Ending.FAILED;
import static dev.concierge.bridge.ModelEvent.Ending.INCOMPLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.concierge.Behaviour;
import dev.concierge.agent.Cue;
import dev.concierge.call.CallFact.ModelFaulted;
import dev.concierge.call.EndedReason;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a call comes to its end: by a goodbye, by silence, by trouble. */
class EndingTest {

  private final BridgeRig rig = new BridgeRig();

  private static String create(Cue cue) {
    return "create: " + cue.instructions();
  }

  @Nested
  class Goodbye {

    private void saysGoodbye() {
      rig.ready();
      rig.responseStarts("r1");
      rig.agentSays("r1", "i1", 1_000);
      rig.tool("end_call", "{}");
      rig.agentItemEnds("i1", "Goodbye.");
      rig.responseEnds("r1", COMPLETED);
    }

    @Test
    @Behaviour(51)
    void isHeardToItsEndBeforeTheLineIsClosed() {
      saysGoodbye();
      rig.pass(Duration.ofSeconds(2));
      assertThat(rig.line).doesNotContain("close");
      rig.allIsPlayed();
      assertThat(rig.line).endsWith("close");
      assertThat(rig.model).endsWith("close");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.AGENT_SAID_GOODBYE);
    }

    @Test
    @Behaviour(51)
    void endsTheCallAlsoIfItsLastMarkNeverComesBack() {
      saysGoodbye();
      rig.pass(Duration.ofSeconds(7));
      assertThat(rig.line).endsWith("close");
    }

    @Test
    @Behaviour(52)
    void isPostponedWhenTheCalleeSpeaks() {
      saysGoodbye();
      rig.hostBegins("h1", 1_000);
      rig.pass(Duration.ofSeconds(7));
      assertThat(rig.ends()).isEmpty();
    }

    @Test
    void isAskedForWhenTheAgentEndsTheCallWithoutAWord() {
      rig.ready();
      rig.responseStarts("r1");
      rig.tool("end_call", "{}");
      rig.responseEnds("r1", COMPLETED);
      assertThat(rig.model).endsWith(create(GOODBYE));
      rig.responseStarts("r2");
      rig.agentSays("r2", "i2", 500);
      rig.responseEnds("r2", COMPLETED);
      rig.allIsPlayed();
      assertThat(rig.ends()).hasSize(1);
    }

    @Test
    void isHeardToItsEndAlsoWhenTheModelGoesAway() {
      saysGoodbye();
      rig.bridge.accept(new ModelEvent.Lost(EndedReason.MODEL_LOST, "closed"));
      assertThat(rig.line).doesNotContain("clear", "say", "close");
      rig.allIsPlayed();
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.AGENT_SAID_GOODBYE);
    }
  }

  @Nested
  class Trouble {

    @Test
    @Behaviour(29)
    void aModelThatCannotBeReachedIsApologisedFor() {
      rig.bridge.accept(new ModelEvent.Lost(EndedReason.MODEL_UNREACHABLE, "refused"));
      assertThat(rig.line).containsExactly("clear", "say");
      assertThat(rig.ends())
          .singleElement()
          .satisfies(
              end -> {
                assertThat(end.reason()).isEqualTo(EndedReason.MODEL_UNREACHABLE);
                assertThat(end.detail()).isEqualTo("refused");
              });
    }

    @Test
    void aModelThatDoesNotAnswerIsApologisedFor() {
      rig.ready();
      rig.hostBegins("h1", 0);
      rig.hostEnds("h1", 1_000);
      rig.pass(Duration.ofSeconds(9));
      assertThat(rig.line).endsWith("say");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MODEL_SILENT);
    }

    @Test
    void aFailedResponseIsAskedForAgainOnce() {
      rig.ready();
      rig.responseStarts("r1");
      rig.responseEnds("r1", FAILED);
      assertThat(rig.model).containsExactly("create");
      rig.responseStarts("r2");
      rig.responseEnds("r2", FAILED);
      assertThat(rig.line).endsWith("say");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MODEL_FAILED);
    }

    @Test
    void whatFailedIsAskedForAgainAsItWas() {
      rig.ready();
      rig.pass(Duration.ofSeconds(2));
      rig.responseStarts("r1");
      rig.responseEnds("r1", FAILED);
      assertThat(rig.model).containsExactly(create(OPENING), create(OPENING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate_limit_exceeded", "rate_limit_error", "insufficient_quota"})
    void responsesThatFailByTheRateLimitEndTheCallWithThatReason(String code) {
      rig.ready();
      rig.responseStarts("r1");
      rig.responseFails("r1", code);
      rig.responseStarts("r2");
      rig.responseFails("r2", code);
      assertThat(rig.line).endsWith("say");
      assertThat(rig.ends())
          .extracting("reason", "detail")
          .containsExactly(tuple(EndedReason.MODEL_RATE_LIMITED, code + ": no"));
    }

    @Test
    void anAnswerThatTheRateLimitForbidsIsAskedForAgainOnce() {
      ModelEvent.Faulted limit = new ModelEvent.Faulted("rate_limit_exceeded", "no");
      rig.ready();
      rig.hostBegins("h1", 0);
      rig.hostEnds("h1", 1_000);
      rig.bridge.accept(limit);
      assertThat(rig.model).containsExactly("create");
      rig.bridge.accept(limit);
      assertThat(rig.line).endsWith("say");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MODEL_RATE_LIMITED);
    }

    @Test
    void aRateLimitThatForbidsNoAnswerIsOnlyNoted() {
      ModelEvent.Faulted limit = new ModelEvent.Faulted("rate_limit_exceeded", "no");
      rig.agentIsSpeaking();
      rig.bridge.accept(limit);
      rig.bridge.accept(limit);
      assertThat(rig.model).isEmpty();
      assertThat(rig.facts).contains(new ModelFaulted("rate_limit_exceeded", "no"));
      assertThat(rig.ends()).isEmpty();
    }

    @Test
    void aResponseThatSaysAndDoesNothingHasFailed() {
      rig.ready();
      rig.responseStarts("r1");
      rig.responseEnds("r1", COMPLETED);
      assertThat(rig.model).containsExactly("create");
      rig.responseStarts("r2");
      rig.responseEnds("r2", INCOMPLETE);
      assertThat(rig.line).endsWith("say");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MODEL_FAILED);
    }

    @Test
    void aResponseThatTheCalleeSpeaksOverHasNotFailed() {
      rig.ready();
      for (int i = 0; i < 3; i++) {
        rig.responseStarts("r" + i);
        rig.hostBegins("h" + i, i);
        rig.agentSays("r" + i, "i" + i, 100);
        rig.hostEnds("h" + i, i);
        rig.responseEnds("r" + i, COMPLETED);
      }
      assertThat(rig.created()).isZero();
      assertThat(rig.ends()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "conversation_already_has_active_response",
          "response_cancel_not_active",
          "invalid_value",
          "unsupported_content_type"
        })
    @Behaviour(47)
    void faultsOfTheServiceAreNotedAndTheCallGoesOn(String code) {
      rig.ready();
      rig.pass(Duration.ofSeconds(2));
      rig.bridge.accept(new ModelEvent.Faulted(code, "no"));
      assertThat(rig.facts).containsExactly(new ModelFaulted(code, "no"));
      rig.responseStarts("r1");
      rig.agentSays("r1", "i1", 100);
      assertThat(rig.line).containsExactly("play 800", "mark m1");
    }

    @Test
    @Behaviour(55)
    void aModelThatIsLostInMidSentenceIsApologisedForAtOnce() {
      rig.agentIsSpeaking();
      rig.bridge.accept(new ModelEvent.Lost(EndedReason.MODEL_LOST, "1006"));
      assertThat(rig.line).endsWith("clear", "say");
      assertThat(rig.model).containsExactly("close");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MODEL_LOST);
    }

    @Test
    @Behaviour(54)
    void silenceIsAskedIntoTwiceThenTheAgentTakesLeave() {
      rig.ready();
      for (int i = 0; i < 4; i++) {
        rig.pass(Duration.ofMillis(i == 0 ? 1_600 : 12_100));
        rig.responseStarts("r" + i);
        rig.agentSays("r" + i, "i" + i, 100);
        rig.responseEnds("r" + i, COMPLETED);
        rig.allIsPlayed();
      }
      assertThat(rig.model)
          .containsExactly(
              create(OPENING), create(STILL_THERE), create(STILL_THERE), create(GIVE_UP), "close");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.SILENCE);
    }

    @Test
    @Behaviour(54)
    void theLongestCallIsWoundUpThenEnded() {
      rig.ready();
      rig.responseStarts("r1");
      rig.agentSays("r1", "i1", 630_000);
      rig.responseEnds("r1", COMPLETED);
      rig.pass(Duration.ofMinutes(9).plusSeconds(31));
      assertThat(rig.model).containsExactly(create(WRAP_UP));
      rig.responseStarts("r2");
      rig.agentSays("r2", "i2", 90_000);
      rig.pass(Duration.ofSeconds(30));
      assertThat(rig.line).endsWith("close");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MAX_DURATION);
    }

    @Test
    @Behaviour(15)
    void aCallThatIsOverIsNotWaitedForALineThatStaysOpen() {
      rig.agentIsSpeaking();
      rig.bridge.callEnded();
      rig.pass(Duration.ofSeconds(1));
      assertThat(rig.line).endsWith("close");
      assertThat(rig.model).containsExactly("close");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.CALLEE_HUNG_UP);
    }

    @Test
    void aLineThatBreaksWithTheCallTellsWhyItEnded() {
      rig.agentIsSpeaking();
      rig.bridge.callEnded();
      rig.bridge.accept(new CallerEvent.Lost(EndedReason.CALLER_LEG_LOST, "1006"));
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.CALLER_LEG_LOST);
    }

    @Test
    @Behaviour(53)
    void aBrokenLineEndsTheCallOnceAndReleasesTheModel() {
      rig.agentIsSpeaking();
      rig.bridge.accept(new CallerEvent.Lost(EndedReason.CALLER_LEG_LOST, "1006"));
      rig.bridge.accept(new CallerEvent.Stopped());
      rig.bridge.accept(new ModelEvent.Lost(EndedReason.MODEL_LOST, "late"));
      rig.pass(Duration.ofMinutes(20));
      assertThat(rig.model).containsExactly("close");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.CALLER_LEG_LOST);
    }
  }
}

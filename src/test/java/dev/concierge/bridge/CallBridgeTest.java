package dev.concierge.bridge;

import static dev.concierge.agent.Cue.GIVE_UP;
import static dev.concierge.agent.Cue.GOODBYE;
import static dev.concierge.agent.Cue.OPENING;
import static dev.concierge.agent.Cue.STILL_THERE;
import static dev.concierge.agent.Cue.WRAP_UP;
import static dev.concierge.bridge.ModelEvent.Ending.CANCELLED;
import static dev.concierge.bridge.ModelEvent.Ending.COMPLETED;
import static dev.concierge.bridge.ModelEvent.Ending.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.agent.Cue;
import dev.concierge.call.CallFact.BargedIn;
import dev.concierge.call.CallFact.ModelFaulted;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.ConversationSummary;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallBridgeTest {

  private static final Duration MOMENT = Duration.ofMillis(100);

  private final BridgeRig rig = new BridgeRig();

  private static String create(Cue cue) {
    return "create: " + cue.instructions();
  }

  /** The agent has spoken two pieces of a second each; the first has been played. */
  private void agentIsSpeaking() {
    rig.ready();
    rig.responseStarts("r1");
    rig.bridge.accept(new ModelEvent.AgentTranscript("i1", "one two three four"));
    rig.agentSays("r1", "i1", 1_000);
    rig.agentSays("r1", "i1", 1_000);
    rig.clock.advance(Duration.ofSeconds(1));
    rig.markReturns("m1");
  }

  @Nested
  class Opening {

    @Test
    void theAgentOpensOnceWhenNobodySpeaksFirst() {
      rig.pass(Duration.ofSeconds(3));
      assertThat(rig.model).isEmpty();
      rig.ready();
      rig.pass(Duration.ofSeconds(3));
      assertThat(rig.model).containsExactly(create(OPENING));
    }

    @Test
    void aGreetingOfTheCalleeIsAnsweredInsteadOfOpening() {
      rig.ready();
      rig.pass(Duration.ofSeconds(1));
      rig.hostBegins("h1", 900);
      rig.pass(Duration.ofSeconds(3));
      rig.hostEnds("h1", 2_000);
      rig.pass(Duration.ofSeconds(3));
      assertThat(rig.model).isEmpty();
    }

    @Test
    void audioBeforeTheModelIsReadyIsKeptInOrder() {
      byte[] first = new byte[400];
      byte[] second = new byte[400];
      first[0] = 1;
      second[0] = 2;
      rig.callerAudio(first);
      rig.callerAudio(second);
      assertThat(rig.appended).isEmpty();
      rig.ready();
      assertThat(rig.appended).containsExactly(first, second);
    }
  }

  @Nested
  class Audio {

    @Test
    void theCalleesAudioGoesOutInChunksOfFiftyMilliseconds() {
      rig.ready();
      for (int i = 0; i < 5; i++) {
        rig.callerSilence(20);
      }
      assertThat(rig.appended).hasSize(2).allMatch(chunk -> chunk.length == 400);
    }

    @Test
    void whatDoesNotFillAChunkIsFlushedWithinATenthOfASecond() {
      rig.ready();
      rig.callerSilence(20);
      assertThat(rig.appended).isEmpty();
      rig.pass(MOMENT);
      assertThat(rig.appended).hasSize(1).allMatch(chunk -> chunk.length == 160);
    }

    @Test
    void theAgentsAudioIsWholeFramesWithAMarkAfterEachPiece() {
      rig.ready();
      rig.responseStarts("r1");
      rig.bridge.accept(new ModelEvent.Audio("r1", "i1", new byte[500]));
      rig.bridge.accept(new ModelEvent.Audio("r1", "i1", new byte[500]));
      rig.bridge.accept(new ModelEvent.AudioEnded("i1"));
      assertThat(rig.line)
          .containsExactly("play 480", "mark m1", "play 480", "mark m2", "play 40", "mark m3");
    }
  }

  @Nested
  class Interruption {

    @Test
    void clearsTruncatesAtWhatWasPlayedAndDropsLateAudio() {
      agentIsSpeaking();
      rig.clock.advance(Duration.ofMillis(240));
      rig.hostBegins("h1", 1_240);
      rig.agentSays("r1", "i1", 500);
      assertThat(rig.line).filteredOn("clear"::equals).hasSize(1);
      assertThat(rig.line).endsWith("clear");
      assertThat(rig.model).containsExactly("truncate i1 1240");
      assertThat(rig.facts).contains(new BargedIn(1_240));
    }

    @Test
    void marksThatComeBackBecauseOfTheClearAreNotPlayed() {
      agentIsSpeaking();
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
      agentIsSpeaking();
      rig.clock.advance(Duration.ofSeconds(5));
      rig.hostBegins("h1", 6_000);
      assertThat(rig.model).containsExactly("truncate i1 2000");
    }

    @Test
    void anItemThatWaitsBehindAnotherIsTruncatedToNothing() {
      agentIsSpeaking();
      rig.agentSays("r1", "i2", 1_000);
      rig.hostBegins("h1", 1_000);
      assertThat(rig.model).containsExactly("truncate i1 1000", "truncate i2 0");
    }

    @Test
    void whileNothingPlaysSpeechInterruptsNothing() {
      agentIsSpeaking();
      rig.agentItemEnds("i1", "one two three four");
      rig.responseEnds("r1", COMPLETED);
      rig.allIsPlayed();
      rig.hostBegins("h1", 3_000);
      assertThat(rig.line).doesNotContain("clear");
      assertThat(rig.model).isEmpty();
    }

    @Test
    void afterTheResponseEndedBufferedAudioIsStillCut() {
      agentIsSpeaking();
      rig.agentItemEnds("i1", "one two three four");
      rig.responseEnds("r1", COMPLETED);
      rig.hostBegins("h1", 1_000);
      assertThat(rig.line).contains("clear");
      assertThat(rig.model).containsExactly("truncate i1 1000");
    }
  }

  @Nested
  class Crossing {

    @Test
    void aResponseThatBeginsWhileTheCalleeSpeaksIsStoppedAndNotHeard() {
      rig.ready();
      rig.pass(Duration.ofSeconds(2));
      rig.hostBegins("h1", 1_900);
      rig.responseStarts("r1");
      rig.agentSays("r1", "i1", 500);
      assertThat(rig.model).containsExactly(create(OPENING), "cancel");
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

  @Nested
  class Words {

    @Test
    void aTurnIsToldWhenItWasHeardToItsEnd() {
      agentIsSpeaking();
      rig.agentItemEnds("i1", "one two three four");
      rig.responseEnds("r1", COMPLETED);
      assertThat(rig.turns()).isEmpty();
      rig.markReturns("m2");
      assertThat(rig.turns())
          .containsExactly(
              new Turn(Speaker.AGENT, "one two three four", "one two three four", 0, 2_000, false));
    }

    @Test
    void anInterruptedTurnKeepsWhatWasSaidAndWhatWasHeard() {
      agentIsSpeaking();
      rig.clock.advance(Duration.ofMillis(200));
      rig.hostBegins("h1", 1_200);
      assertThat(rig.turns())
          .containsExactly(
              new Turn(Speaker.AGENT, "one two three four", "one two", 0, 1_200, true));
    }

    @Test
    void theHostsWordsComeLateAndStillLieWhereTheyWereSaid() {
      rig.ready();
      rig.hostBegins("h1", 500);
      rig.hostEnds("h1", 1_500);
      rig.responseStarts("r1");
      rig.agentSays("r1", "i1", 100);
      rig.hostWords("h1", " Good evening. ");
      assertThat(rig.turns())
          .containsExactly(new Turn(Speaker.HOST, "Good evening.", null, 500, 1_500, false));
    }

    @Test
    void speechThatCannotBeWrittenDownIsNotForgotten() {
      rig.ready();
      rig.hostBegins("h1", 500);
      rig.hostEnds("h1", 1_500);
      rig.bridge.accept(new ModelEvent.TranscriptionFailed("h1", "noise"));
      assertThat(rig.turns()).extracting(Turn::text).containsExactly(Transcript.NOT_TRANSCRIBED);
    }

    @Test
    void theLastWordsAreWaitedForWhenTheCalleeHangsUpButNotForLong() {
      rig.ready();
      rig.hostBegins("h1", 500);
      rig.hostEnds("h1", 1_500);
      rig.bridge.accept(new CallerEvent.Stopped());
      assertThat(rig.ends()).isEmpty();
      rig.hostWords("h1", "We are closed.");
      assertThat(rig.turns()).extracting(Turn::text).containsExactly("We are closed.");
      assertThat(rig.ends()).hasSize(1);
    }

    @Test
    void lastWordsThatNeverComeEndTheWaitWithinASecond() {
      rig.ready();
      rig.hostBegins("h1", 500);
      rig.hostEnds("h1", 1_500);
      rig.bridge.accept(new CallerEvent.Stopped());
      rig.pass(Duration.ofSeconds(1));
      assertThat(rig.ends()).hasSize(1);
      assertThat(rig.model).containsExactly("close");
    }
  }

  @Nested
  class Tools {

    private static final String DECLINED = "{\"result\":\"declined\"}";

    @Test
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
    void endsTheCallAlsoIfItsLastMarkNeverComesBack() {
      saysGoodbye();
      rig.pass(Duration.ofSeconds(7));
      assertThat(rig.line).endsWith("close");
    }

    @Test
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
    void faultsOfTheServiceAreNotedAndTheCallGoesOn() {
      rig.ready();
      rig.pass(Duration.ofSeconds(2));
      rig.bridge.accept(new ModelEvent.Faulted("conversation_already_has_active_response", "busy"));
      assertThat(rig.ends()).isEmpty();
      assertThat(rig.facts)
          .contains(new ModelFaulted("conversation_already_has_active_response", "busy"));
    }

    @Test
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
    void theLongestCallIsWoundUpThenEnded() {
      rig.ready();
      rig.hostBegins("h0", 0);
      rig.pass(Duration.ofMinutes(9));
      rig.hostEnds("h0", 1);
      rig.responseStarts("r1");
      rig.agentSays("r1", "i1", 90_000);
      rig.responseEnds("r1", COMPLETED);
      rig.pass(Duration.ofSeconds(31));
      assertThat(rig.model).containsExactly(create(WRAP_UP));
      rig.responseStarts("r2");
      rig.agentSays("r2", "i2", 90_000);
      rig.pass(Duration.ofSeconds(30));
      assertThat(rig.line).endsWith("close");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.MAX_DURATION);
    }

    @Test
    void aBrokenLineEndsTheCallOnceAndReleasesTheModel() {
      agentIsSpeaking();
      rig.bridge.accept(new CallerEvent.Lost(EndedReason.CALLER_LEG_LOST, "1006"));
      rig.bridge.accept(new CallerEvent.Stopped());
      rig.bridge.accept(new ModelEvent.Lost(EndedReason.MODEL_LOST, "late"));
      rig.pass(Duration.ofMinutes(20));
      assertThat(rig.model).containsExactly("close");
      assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.CALLER_LEG_LOST);
    }
  }

  @Test
  void theSummaryCountsWhatHappened() {
    rig.callerSilence(100);
    rig.bridge.accept(new CallerEvent.Ignored());
    rig.clock.advance(Duration.ofMillis(700));
    agentIsSpeaking();
    rig.hostBegins("h1", 1_000);
    rig.responseEnds("r1", CANCELLED);
    rig.bridge.accept(new CallerEvent.Stopped());
    assertThat(rig.ends())
        .extracting("summary")
        .containsExactly(
            new ConversationSummary(
                1_700, 700L, List.of(), 1, 800, 16_000, 1, BridgeRig.SOME_USAGE));
  }

  @Test
  void aResponseIsTimedFromTheEndOfTheHostsSpeechToTheFirstAudioThatAnswersIt() {
    rig.ready();
    rig.callerSilence(3_000);
    rig.hostBegins("h1", 1_000);
    rig.hostEnds("h1", 2_200);
    rig.hostBegins("h2", 2_300);
    rig.hostEnds("h2", 2_500);
    rig.callerSilence(200);
    rig.responseStarts("r1");
    rig.agentSays("r1", "i1", 100);
    rig.callerSilence(500);
    rig.agentSays("r1", "i1", 100);
    rig.bridge.end(EndedReason.SHUT_DOWN, null);
    assertThat(rig.ends().get(0).summary().responseMs()).containsExactly(3_200L - 2_500L);
  }

  @Test
  void aCallHasItsFactsInTheOrderOfTheLine() {
    agentIsSpeaking();
    rig.hostBegins("h1", 1_000);
    rig.hostEnds("h1", 1_500);
    rig.hostWords("h1", "Sorry?");
    assertThat(rig.turns())
        .extracting(Turn::speaker)
        .isEqualTo(List.of(Speaker.AGENT, Speaker.HOST));
  }
}

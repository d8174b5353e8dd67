package dev.concierge.bridge;

import static dev.concierge.agent.Cue.OPENING;
import static dev.concierge.bridge.ModelEvent.Ending.CANCELLED;
import static dev.concierge.bridge.ModelEvent.Ending.COMPLETED;
import static dev.concierge.bridge.ModelEvent.Ending.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.agent.Cue;
import dev.concierge.call.ConversationSummary;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import dev.concierge.call.Usage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallBridgeTest {

  private final BridgeRig rig = new BridgeRig();

  private static String create(Cue cue) {
    return "create: " + cue.instructions();
  }

  @Nested
  class Opening {

    @Test
    @Behaviour(27)
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
    @Behaviour(30)
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

    @Test
    @Behaviour(30)
    void ofMuchAudioBeforeTheModelIsReadyTheNewestIsKept() {
      for (int second = 0; second < 30; second++) {
        byte[] audio = new byte[8_000];
        Arrays.fill(audio, (byte) second);
        rig.callerAudio(audio);
      }
      rig.ready();
      assertThat(rig.appended).hasSize(400);
      assertThat(rig.appended.get(0)[0]).isEqualTo((byte) 10);
      rig.hostBegins("h1", 5_000);
      rig.hostEnds("h1", 6_000);
      rig.hostWords("h1", "Hello?");
      assertThat(rig.turns()).extracting(Turn::startedMs).containsExactly(15_000L);
    }
  }

  @Nested
  class Audio {

    @Test
    @Behaviour(32)
    void theCalleesAudioGoesOutInChunksOfFiftyMilliseconds() {
      rig.ready();
      for (int i = 0; i < 5; i++) {
        rig.callerSilence(20);
      }
      assertThat(rig.appended).hasSize(2).allMatch(chunk -> chunk.length == 400);
    }

    @Test
    @Behaviour(32)
    void whatDoesNotFillAChunkIsFlushedWithinATenthOfASecond() {
      rig.ready();
      rig.callerSilence(20);
      assertThat(rig.appended).isEmpty();
      rig.pass(Duration.ofMillis(100));
      assertThat(rig.appended).hasSize(1).allMatch(chunk -> chunk.length == 160);
    }

    @Test
    @Behaviour(33)
    void theAgentsAudioIsWholeFramesWithAMarkAfterEachPiece() {
      rig.ready();
      rig.responseStarts("r1");
      rig.bridge.accept(new ModelEvent.Audio("r1", "i1", new byte[500]));
      rig.bridge.accept(new ModelEvent.Audio("r1", "i1", new byte[500]));
      rig.bridge.accept(new ModelEvent.AudioEnded("i1"));
      assertThat(rig.line)
          .containsExactly("play 480", "mark m1", "play 480", "mark m2", "play 40", "mark m3");
    }

    @Test
    @Behaviour(34)
    void theFirstPieceIsPlayedWithoutWaitingForAnything() {
      rig.ready();
      rig.responseStarts("r1");
      rig.agentSays("r1", "i1", 20);
      assertThat(rig.line).containsExactly("play 160", "mark m1");
    }

    @Test
    @Behaviour(36)
    void audioThatWasLostOnTheWayIsSilence() {
      rig.ready();
      rig.callerAudio(new byte[400]);
      rig.callerAudioIsLost(500);
      rig.callerAudio(new byte[400]);
      byte[] expected = new byte[4_800];
      Arrays.fill(expected, 400, 4_400, (byte) 0xFF);
      assertThat(rig.appended()).isEqualTo(expected);
    }

    @Test
    void aSmallJitterOrAGreatLeapOfTheTimestampsIsNoLoss() {
      rig.ready();
      rig.callerAudio(new byte[400]);
      rig.callerAudioIsLost(99);
      rig.callerAudio(new byte[400]);
      rig.callerAudioIsLost(3_600_000);
      rig.callerAudio(new byte[400]);
      rig.callerAudioIsLost(-3_600_000);
      rig.callerAudio(new byte[400]);
      assertThat(rig.appended()).isEqualTo(new byte[1_600]);
    }
  }

  @Nested
  class Words {

    @Test
    void aTurnIsToldWhenItWasHeardToItsEnd() {
      rig.agentIsSpeaking();
      rig.agentItemEnds("i1", "one two three four");
      rig.responseEnds("r1", COMPLETED);
      assertThat(rig.turns()).isEmpty();
      rig.markReturns("m2");
      assertThat(rig.turns())
          .containsExactly(
              new Turn(Speaker.AGENT, "one two three four", "one two three four", 0, 2_000, false));
    }

    @Test
    @Behaviour(56)
    void anInterruptedTurnKeepsWhatWasSaidAndWhatWasHeard() {
      rig.agentIsSpeaking();
      rig.clock.advance(Duration.ofMillis(200));
      rig.hostBegins("h1", 1_200);
      assertThat(rig.turns())
          .containsExactly(
              new Turn(Speaker.AGENT, "one two three four", "one two", 0, 1_200, true));
    }

    @Test
    @Behaviour(56)
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
    void theWordsIntoWhichTheCalleeHangsUpAreWaitedForToo() {
      rig.ready();
      rig.callerSilence(1_020);
      rig.hostBegins("h1", 500);
      rig.bridge.accept(new CallerEvent.Stopped());
      assertThat(rig.appended()).hasSize(8_160);
      assertThat(rig.model).containsExactly("commit");
      assertThat(rig.ends()).isEmpty();
      rig.hostWords("h1", "Good, bye.");
      assertThat(rig.turns())
          .containsExactly(new Turn(Speaker.HOST, "Good, bye.", null, 500, 1_020, false));
      assertThat(rig.ends()).hasSize(1);
    }

    @Test
    @Behaviour(53)
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

  @Test
  @Behaviour(57)
  void theUsageOfEveryResponseIsCountedHoweverItEnded() {
    rig.ready();
    rig.responseStarts("r1");
    rig.agentSays("r1", "i1", 100);
    rig.responseEnds("r1", COMPLETED);
    rig.responseStarts("r2");
    rig.responseEnds("r2", CANCELLED);
    rig.responseStarts("r3");
    rig.responseEnds("r3", FAILED);
    rig.bridge.accept(new CallerEvent.Stopped());
    rig.pass(Duration.ofSeconds(1));
    assertThat(rig.ends())
        .extracting(end -> end.summary().usage())
        .containsExactly(new Usage(3, 6, 9, 12, 15, 18));
  }

  @Test
  void ofFaultsWithoutEndOnlyTheFirstAreRecorded() {
    rig.ready();
    for (int i = 0; i < 1_000; i++) {
      rig.bridge.accept(new ModelEvent.Faulted("server_error", "no"));
    }
    assertThat(rig.facts).hasSize(20);
    rig.bridge.end(EndedReason.SHUT_DOWN, null);
    assertThat(rig.ends()).extracting("summary.ignoredMessages").containsExactly(980L);
  }

  @Test
  void theSummaryCountsWhatHappened() {
    rig.callerSilence(100);
    rig.bridge.accept(new CallerEvent.Ignored());
    rig.clock.advance(Duration.ofMillis(700));
    rig.agentIsSpeaking();
    rig.hostBegins("h1", 1_000);
    rig.responseEnds("r1", CANCELLED);
    rig.bridge.accept(new CallerEvent.Stopped());
    rig.hostWords("h1", "Sorry?");
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
    rig.agentIsSpeaking();
    rig.hostBegins("h1", 1_000);
    rig.hostEnds("h1", 1_500);
    rig.hostWords("h1", "Sorry?");
    assertThat(rig.turns())
        .extracting(Turn::speaker)
        .isEqualTo(List.of(Speaker.AGENT, Speaker.HOST));
  }
}

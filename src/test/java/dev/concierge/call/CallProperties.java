package dev.concierge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.call.Call.Conversation;
import dev.concierge.call.CallFact.AnsweredBy;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.HangupRequested;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.Reconciled;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallFact.SubmissionFailed;
import dev.concierge.call.CallFact.SubmissionUncertain;
import dev.concierge.call.CallFact.Submitted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for a call whatever it is told, in whatever order and however often. */
class CallProperties {

  private static final CallId ID = CallId.random();

  @Provide
  Arbitrary<List<LedgerEntry>> facts() {
    return Arbitraries.oneOf(
            Arbitraries.of(CallStatus.class).map(SampleCalls::status),
            Arbitraries.of(CallStatus.class).map(status -> reconciled(status, null)),
            Arbitraries.of(EndedReason.BRIDGE_LOST, EndedReason.CARRIER_FORGOT)
                .map(reason -> reconciled(CallStatus.FAILED, reason)),
            Arbitraries.of(EndedReason.class).map(SampleCalls::conversationEnded),
            Arbitraries.of(Outcome.Result.class).map(Outcome::of).map(OutcomeRecorded::new),
            Arbitraries.of(
                new Submitted("CA1"),
                new Submitted("CA2"),
                new SubmissionUncertain("timed out"),
                new SubmissionFailed(EndedReason.CARRIER_REFUSED, null, "no"),
                new HangupRequested(),
                new AnsweredBy("human", Map.of()),
                SampleCalls.conversationStarted()))
        .flatMap(fact -> Arbitraries.longs().between(-60, 60).map(second -> entry(second, fact)))
        .list()
        .ofMaxSize(12);
  }

  private static Reconciled reconciled(CallStatus status, EndedReason reason) {
    return new Reconciled(status, reason, null, "fetched");
  }

  private static LedgerEntry entry(long second, CallFact fact) {
    return SampleCalls.entry(ID, FactSource.DESK, 1, SampleCalls.NOON.plusSeconds(second), fact);
  }

  private static Call opened() {
    return Call.opened(SampleCalls.requested(ID, SampleCalls.NOON));
  }

  @Property
  @Behaviour(12)
  void noFactMovesACallBackwards(@ForAll("facts") List<LedgerEntry> facts) {
    Call call = opened();
    for (LedgerEntry entry : facts) {
      Call next = call.with(entry);
      assertThat(next.status()).matches(forwardFrom(call.status())::contains);
      assertThat(next.conversation()).isGreaterThanOrEqualTo(call.conversation());
      assertThat(next.heardOfAt()).isAfterOrEqualTo(call.heardOfAt());
      assertStays(call.carrierCallId(), next.carrierCallId());
      assertThat(call.answeredAt() == null || !next.answeredAt().isAfter(call.answeredAt()))
          .isTrue();
      assertStays(call.endedAt(), next.endedAt());
      assertThat(next.request()).isEqualTo(call.request());
      call = next;
    }
  }

  private static List<CallStatus> forwardFrom(CallStatus status) {
    return List.of(CallStatus.values()).stream()
        .filter(next -> next == status || status.canBecome(next))
        .toList();
  }

  private static void assertStays(Object before, Object after) {
    if (before != null) {
      assertThat(after).isEqualTo(before);
    }
  }

  @Example
  @Behaviour(14)
  void whyNobodyWasReachedIsToldApart() {
    assertThat(
            Stream.of(CallStatus.BUSY, CallStatus.NO_ANSWER, CallStatus.FAILED, CallStatus.CANCELED)
                .map(status -> opened().with(entry(1, SampleCalls.status(status))).endedReason()))
        .doesNotContainNull()
        .doesNotHaveDuplicates();
  }

  @Property
  void aTerminalStatusIsFinal(@ForAll("facts") List<LedgerEntry> facts) {
    Call call = opened();
    for (LedgerEntry entry : facts) {
      Call next = call.with(entry);
      if (call.status().isTerminal()) {
        assertThat(next.status()).isEqualTo(call.status());
      }
      assertThat(next.endedAt() != null).isEqualTo(next.status().isTerminal());
      call = next;
    }
  }

  /** Callbacks tell whole seconds, so that they may seem to come before the request. */
  @Property
  void nothingHappensToACallBeforeItWasAskedFor(@ForAll("facts") List<LedgerEntry> facts) {
    Call call = opened();
    for (LedgerEntry entry : facts) {
      call = call.with(entry);
      assertThat(Stream.of(call.answeredAt(), call.endedAt()).filter(Objects::nonNull))
          .allMatch(at -> !at.isBefore(SampleCalls.NOON));
    }
  }

  @Property
  void aFactToldTwiceChangesNothingTheSecondTime(@ForAll("facts") List<LedgerEntry> facts) {
    Call call = opened();
    for (LedgerEntry entry : facts) {
      call = call.with(entry);
      assertThat(call.with(entry)).isEqualTo(call);
    }
  }

  @Property
  void aSettledCallTellsWhyItEndedAndWhatCameOfIt(@ForAll("facts") List<LedgerEntry> facts) {
    Call call = opened();
    for (LedgerEntry entry : facts) {
      call = call.with(entry);
      if (call.isSettled()) {
        assertThat(call.endedReason()).isNotNull();
        assertThat(call.outcome()).isNotNull();
      }
    }
  }

  @Property
  void whatTheConversationSaysOfItsEndStandsInAnyOrder(@ForAll("facts") List<LedgerEntry> facts) {
    Assume.that(facts.stream().noneMatch(entry -> entry.fact() instanceof ConversationEnded));
    Assume.that(facts.stream().noneMatch(entry -> entry.fact() instanceof HangupRequested));
    for (int place = 0; place <= facts.size(); place++) {
      Call call = opened();
      for (LedgerEntry entry : facts.subList(0, place)) {
        call = call.with(entry);
      }
      call = call.with(entry(1, SampleCalls.conversationEnded(EndedReason.CALLEE_HUNG_UP)));
      for (LedgerEntry entry : facts.subList(place, facts.size())) {
        call = call.with(entry);
      }
      assertThat(call.endedReason()).isEqualTo(EndedReason.CALLEE_HUNG_UP);
      assertThat(call.conversation()).isEqualTo(Conversation.ENDED);
    }
  }

  /**
   * Facts of one call as they are told when all goes well, with some of them missing. A client may
   * hang up, and what the network answered may be told.
   */
  @Provide
  Arbitrary<List<LedgerEntry>> lives() {
    Arbitrary<List<LedgerEntry>> talked =
        Arbitraries.of(EndedReason.class)
            .filter(reason -> reason.outweighs(EndedReason.BRIDGE_LOST))
            .map(
                reason ->
                    life(
                        SampleCalls.status(CallStatus.IN_PROGRESS),
                        new AnsweredBy("human", Map.of()),
                        SampleCalls.conversationStarted(),
                        SampleCalls.turn(Turn.Speaker.HOST, "Hello?", 0),
                        new OutcomeRecorded(Outcome.of(Outcome.Result.CONFIRMED)),
                        SampleCalls.conversationEnded(reason),
                        SampleCalls.status(CallStatus.COMPLETED)));
    Arbitrary<List<LedgerEntry>> unreached =
        Arbitraries.of(CallStatus.BUSY, CallStatus.NO_ANSWER, CallStatus.FAILED)
            .map(status -> life(new StatusReported(status, "CA1", 404, Map.of())));
    return Arbitraries.oneOf(talked, unreached)
        .flatMap(life -> Arbitraries.subsetOf(life).map(List::copyOf));
  }

  private static List<LedgerEntry> life(CallFact... facts) {
    List<CallFact> all = new ArrayList<>();
    all.add(new Submitted("CA1"));
    all.add(SampleCalls.status(CallStatus.RINGING));
    all.add(new HangupRequested());
    all.addAll(List.of(facts));
    return IntStream.range(0, all.size()).mapToObj(i -> entry(i, all.get(i))).toList();
  }

  @Property(tries = 2000)
  void factsInAnyOrderAndTwiceMakeTheSameCall(
      @ForAll("lives") List<LedgerEntry> life, @ForAll Random random) {
    List<LedgerEntry> inOrder =
        life.stream().sorted(Comparator.comparing(LedgerEntry::at)).toList();
    List<LedgerEntry> shuffled = new ArrayList<>(life);
    shuffled.addAll(life);
    Collections.shuffle(shuffled, random);

    assertThat(folded(shuffled)).isEqualTo(folded(inOrder));
  }

  private static Call folded(List<LedgerEntry> facts) {
    Call call = opened();
    for (LedgerEntry entry : facts) {
      call = call.with(entry);
    }
    return call;
  }

  @Property
  void theLastOutcomeRecordedOnTheLineCounts(@ForAll("facts") List<LedgerEntry> facts) {
    Outcome agreed = Outcome.of(Outcome.Result.CONFIRMED);
    Call call = opened().with(entry(0, new OutcomeRecorded(agreed)));
    for (LedgerEntry entry : facts) {
      call = entry.fact() instanceof OutcomeRecorded ? call : call.with(entry);
    }
    assertThat(call.outcome()).isEqualTo(agreed);
  }
}

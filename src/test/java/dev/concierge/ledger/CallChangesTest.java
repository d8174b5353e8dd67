package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.FactSource;
import dev.concierge.ledger.CallChanges.Change;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class CallChangesTest {

  private static final List<CallStatus> STEPS =
      List.of(CallStatus.QUEUED, CallStatus.RINGING, CallStatus.IN_PROGRESS, CallStatus.COMPLETED);

  @Parameter TestDatabase database;

  private Jdbi jdbi;
  private JdbiCallLedger ledger;
  private CallChanges changes;
  private long seen;

  @BeforeEach
  void emptyTheDatabase() {
    jdbi = database.emptied();
    ledger = new JdbiCallLedger(jdbi, Clock.systemUTC());
    changes = new CallChanges(jdbi);
    // Numbers go on where an earlier test stopped.
    seen = 0;
  }

  private CallId opened() {
    return ledger.open(requested(CallId.random(), NOON)).id();
  }

  private void step(CallId id, int step) {
    CallStatus status = STEPS.get(step);
    ledger.append(
        entry(id, FactSource.CARRIER_STATUS, step, NOON.plusSeconds(step), status(status)));
  }

  /** What changed since this was asked last. */
  private List<Call> news() {
    List<Change> news = changes.after(seen, 100);
    seen = news.isEmpty() ? seen : news.get(news.size() - 1).number();
    return news.stream().map(Change::call).toList();
  }

  @Test
  void aChangeIsShownOnceAndACallThatChangesAgainIsShownAgain() {
    CallId first = opened();
    CallId second = opened();
    assertThat(news()).extracting(Call::id).containsExactlyInAnyOrder(first, second);
    assertThat(news()).isEmpty();

    step(first, 0);
    step(first, 1);

    assertThat(news()).containsExactly(ledger.find(first).orElseThrow());
    assertThat(news()).isEmpty();
    assertThat(changes.after(0, 100))
        .extracting(Change::call)
        .extracting(Call::id)
        .containsExactly(second, first);
  }

  @Test
  void aTransactionThatCommitsLateIsNotSkipped() {
    CallId early = opened();
    news();
    try (Handle slow = jdbi.open()) {
      slow.begin();
      LockedCall locked = LockedCall.find(slow, early).orElseThrow();
      CallRow.update(slow, List.of(locked.row()));
      CallRow.of(Call.opened(requested(CallId.random(), NOON)), FactChain.EMPTY).insert(slow);
      CallId quick = opened();

      assertThat(news()).extracting(Call::id).containsExactly(quick);
      slow.commit();
    }
    assertThat(news()).hasSize(2).extracting(Call::id).contains(early);
  }

  @Test
  void aPageIsNoLongerThanAskedFor() {
    IntStream.range(0, 5).forEach(i -> opened());

    List<Change> first = changes.after(0, 2);
    List<Change> second = changes.after(first.get(1).number(), 2);
    List<Change> third = changes.after(second.get(1).number(), 2);

    assertThat(List.of(first.size(), second.size(), third.size())).containsExactly(2, 2, 1);
  }

  @Test
  void aCopyThatFollowsManyWritersEndsLikeTheLedger() {
    List<CallId> calls = IntStream.range(0, 24).mapToObj(i -> opened()).toList();
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      List<CallId> own = calls.subList(writer * 6, writer * 6 + 6);
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int step = 0; step < STEPS.size(); step++) {
                  for (CallId id : own) {
                    step(id, step);
                  }
                }
              }));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
    Map<CallId, Call> copy = new HashMap<>();
    boolean written;
    do {
      written = all.isDone();
      news().forEach(call -> copy.put(call.id(), call));
    } while (!written);

    all.join();
    assertThat(copy.values())
        .hasSize(calls.size())
        .allSatisfy(call -> assertThat(call).isEqualTo(ledger.find(call.id()).orElseThrow()));
  }
}

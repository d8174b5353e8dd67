package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.conversationEnded;
import static dev.concierge.call.SampleCalls.conversationStarted;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.status;
import static dev.concierge.call.SampleCalls.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concierge.Behaviour;
import dev.concierge.SettableClock;
import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.AnsweredBy;
import dev.concierge.call.CallFact.HangupRequested;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.CallLedger.Append;
import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.FactSource;
import dev.concierge.call.IdempotencyKey;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.Outcome;
import dev.concierge.call.Turn.Speaker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
@ExtendWith(FarFromUtc.class)
class JdbiCallLedgerTest {

  @Parameter TestDatabase database;

  private final SettableClock clock = new SettableClock(NOON.plusSeconds(100));
  private Jdbi jdbi;
  private CallLedger ledger;
  private CallHistory history;

  @BeforeEach
  void emptyTheDatabase() {
    jdbi = database.emptied();
    ledger = new JdbiCallLedger(jdbi, clock);
    history = new CallHistory(jdbi);
  }

  private CallId opened(Instant at) {
    return ledger.open(requested(CallId.random(), at)).id();
  }

  private Append append(CallId id, FactSource source, long sequence, CallFact fact) {
    return ledger.append(entry(id, source, sequence, NOON.plusSeconds(1 + sequence), fact));
  }

  private Append report(CallId id, long sequence, CallStatus status) {
    return append(id, FactSource.CARRIER_STATUS, sequence, status(status));
  }

  @Test
  void anOpenedCallIsFoundWithItsRequestAsTheFirstFact() {
    LedgerEntry requested = requested(CallId.random(), NOON);

    Call call = ledger.open(requested);

    assertThat(call.status()).isEqualTo(CallStatus.SUBMITTING);
    assertThat(ledger.find(call.id())).contains(call);
    assertThat(history.facts(call.id(), 0, 10))
        .extracting(CallHistory.StoredFact::entry)
        .containsExactly(requested);
    assertThat(ledger.find(CallId.random())).isEmpty();
  }

  @Test
  void aCallIsNotOpenedTwice() {
    LedgerEntry requested = requested(CallId.random(), NOON);
    ledger.open(requested);

    assertThatThrownBy(() -> ledger.open(requested)).isInstanceOf(RuntimeException.class);

    assertThat(history.facts(requested.callId(), 0, 10)).hasSize(1);
  }

  @Test
  void itIsToldOfACallOnceItsSettlementCanBeSeen() {
    List<Optional<Call>> settled = new ArrayList<>();
    ledger = new JdbiCallLedger(jdbi, clock, call -> settled.add(history.find(call.id())));
    CallId id = opened(NOON);
    FactSource bridge = FactSource.bridge("MZ1");
    append(id, bridge, 1, conversationStarted());
    report(id, 2, CallStatus.COMPLETED);
    assertThat(settled).isEmpty();

    append(id, bridge, 3, conversationEnded(EndedReason.CALLEE_HUNG_UP));
    append(id, bridge, 3, conversationEnded(EndedReason.CALLEE_HUNG_UP));
    append(id, bridge, 4, turn(Speaker.HOST, "Bye!", 100));
    CallId busy = opened(NOON);
    ledger.appendAll(
        List.of(
            entry(busy, FactSource.CARRIER_STATUS, 1, NOON, status(CallStatus.RINGING)),
            entry(busy, FactSource.CARRIER_STATUS, 2, NOON, status(CallStatus.BUSY))));

    assertThat(settled)
        .extracting(call -> call.orElseThrow().endedReason())
        .containsExactly(EndedReason.CALLEE_HUNG_UP, EndedReason.CALLEE_BUSY);
  }

  @Test
  @Behaviour(7)
  void ofManyWhoOpenUnderOneKeyAtOnceOneOpensItsCall() throws Exception {
    IdempotencyKey key = new IdempotencyKey("order-17", "f".repeat(64));
    assertThat(ledger.findByKey("order-17")).isEmpty();
    // Each has a connection of its own, as instances have.
    List<Callable<Optional<Call>>> opens =
        Stream.generate(() -> requested(CallId.random(), NOON))
            .limit(8)
            .<Callable<Optional<Call>>>map(entry -> () -> ledger.open(entry, key))
            .toList();

    List<Call> opened = together(opens, 8).stream().flatMap(Optional::stream).toList();

    assertThat(opened).hasSize(1);
    assertThat(ledger.findByKey("order-17")).contains(new IdempotencyKey.Use(key, opened.get(0)));
    assertThat(ledger.unsettled(NOON.plusSeconds(9), 100)).containsExactly(opened.get(0).id());
  }

  @Test
  void aKeyTellsWhereItsCallStandsNow() {
    IdempotencyKey key = new IdempotencyKey("order-17", "f");
    CallId id = ledger.open(requested(CallId.random(), NOON), key).orElseThrow().id();

    report(id, 1, CallStatus.RINGING);

    assertThat(ledger.findByKey("order-17").map(IdempotencyKey.Use::call))
        .isEqualTo(ledger.find(id));
  }

  @Test
  void aFactMovesTheCallOnAndIsKept() {
    CallId id = opened(NOON);

    assertThat(report(id, 1, CallStatus.RINGING)).isEqualTo(Append.APPENDED);

    Call call = ledger.find(id).orElseThrow();
    assertThat(call.status()).isEqualTo(CallStatus.RINGING);
    assertThat(call.carrierCallId()).isEqualTo("CA1");
    assertThat(call.heardOfAt()).isEqualTo(NOON.plusSeconds(2));
    CallHistory.StoredFact fact = history.facts(id, 0, 10).get(1);
    assertThat(fact.recordedAt()).isEqualTo(clock.instant());
    assertThat(fact.entry())
        .isEqualTo(
            entry(
                id, FactSource.CARRIER_STATUS, 1, NOON.plusSeconds(2), status(CallStatus.RINGING)));
  }

  @Test
  void aCallIsFoundByTheCarriersName() {
    CallId id = opened(NOON);
    opened(NOON);
    assertThat(ledger.findByCarrierCallId("CA1")).isEmpty();

    report(id, 1, CallStatus.RINGING);

    assertThat(ledger.findByCarrierCallId("CA1")).isEqualTo(ledger.find(id));
  }

  @Test
  @Behaviour(13)
  void aNumberOfASourceCountsOnce() {
    CallId id = opened(NOON);
    report(id, 1, CallStatus.RINGING);

    assertThat(report(id, 1, CallStatus.COMPLETED)).isEqualTo(Append.DUPLICATE);
    assertThat(append(id, FactSource.CARRIER_DETECTION, 1, new AnsweredBy("human", Map.of())))
        .isEqualTo(Append.APPENDED);
    assertThat(report(opened(NOON), 1, CallStatus.BUSY)).isEqualTo(Append.APPENDED);

    assertThat(ledger.find(id).orElseThrow().status()).isEqualTo(CallStatus.RINGING);
    assertThat(history.facts(id, 0, 10)).hasSize(3);
  }

  @Test
  @Behaviour(12)
  void aLateFactIsKeptAndMovesNothingBack() {
    CallId id = opened(NOON);
    report(id, 3, CallStatus.COMPLETED);
    report(id, 2, CallStatus.RINGING);

    assertThat(ledger.find(id).orElseThrow().status()).isEqualTo(CallStatus.COMPLETED);
    assertThat(history.facts(id, 0, 10)).hasSize(3);
  }

  @Test
  void aFactOfAnUnknownCallIsKeptApartAndOnlyOnce() {
    CallId id = CallId.random();

    assertThat(report(id, 1, CallStatus.RINGING)).isEqualTo(Append.UNKNOWN_CALL);
    assertThat(report(id, 1, CallStatus.RINGING)).isEqualTo(Append.UNKNOWN_CALL);

    assertThat(ledger.find(id)).isEmpty();
    List<String> orphans =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("SELECT body FROM orphan_callbacks WHERE call_id = :id")
                    .bind("id", id.value())
                    .mapTo(String.class)
                    .list());
    assertThat(orphans).hasSize(1);
    assertThat(CallJson.read(orphans.get(0), CallFact.class)).isEqualTo(status(CallStatus.RINGING));
  }

  @Test
  void factsToldTogetherAreToldAllOrNone() {
    CallId first = opened(NOON);
    CallId second = opened(NOON);
    CallId unknown = CallId.random();
    List<LedgerEntry> facts = new ArrayList<>(facts(second));
    facts.addAll(facts(first));
    LedgerEntry lost = entry(unknown, FactSource.bridge("MZ1"), 1, NOON, conversationStarted());
    facts.add(lost);

    List<Append> results = ledger.appendAll(facts);
    assertThat(results.subList(0, results.size() - 1)).containsOnly(Append.APPENDED);
    assertThat(results.get(results.size() - 1)).isEqualTo(Append.UNKNOWN_CALL);
    assertThat(ledger.appendAll(facts(first))).containsOnly(Append.DUPLICATE);
    LedgerEntry tooFarAway =
        entry(first, FactSource.bridge("MZ3"), 1, Instant.MAX, conversationStarted());
    LedgerEntry fine = entry(first, FactSource.bridge("MZ2"), 1, NOON, conversationStarted());
    assertThatThrownBy(() -> ledger.appendAll(List.of(fine, tooFarAway)))
        .isInstanceOf(RuntimeException.class);

    assertThat(List.of(first, second))
        .allSatisfy(
            id -> {
              assertThat(history.facts(id, 0, 100)).hasSize(6);
              assertThat(ledger.find(id)).contains(folded(history.facts(id, 0, 100)));
            });
  }

  @Test
  void aFactThatIsToldTwiceAtOnceCountsOnce() {
    CallId id = opened(NOON);
    LedgerEntry fact = entry(id, FactSource.bridge("MZ1"), 1, NOON, conversationStarted());

    assertThat(ledger.appendAll(List.of(fact, fact)))
        .containsExactly(Append.APPENDED, Append.DUPLICATE);

    assertThat(history.facts(id, 0, 100)).hasSize(2);
  }

  @Test
  void factsToldByManyThreadsAreAllFoldedIn() throws Exception {
    List<CallId> ids = Stream.generate(() -> opened(NOON)).limit(30).toList();
    // It keeps its connections, so that the threads get into each other's way.
    var pool = new org.apache.tomcat.jdbc.pool.DataSource();
    pool.setDataSource(database.database());
    CallLedger pooled = new JdbiCallLedger(Jdbi.create(pool), clock);
    List<Callable<Append>> twice = new ArrayList<>();
    for (CallId id : ids) {
      facts(id).forEach(fact -> twice.add(() -> pooled.append(fact)));
      facts(id).forEach(fact -> twice.add(() -> pooled.append(fact)));
    }

    List<Append> appends = together(twice, 4);
    pool.close();

    assertThat(appends).filteredOn(append -> append == Append.APPENDED).hasSize(5 * ids.size());
    assertThat(appends).filteredOn(append -> append == Append.DUPLICATE).hasSize(5 * ids.size());
    assertThat(ids)
        .allSatisfy(id -> assertThat(ledger.find(id)).contains(folded(history.facts(id, 0, 100))));
  }

  /** Facts that each leave a mark of their own. */
  private static List<LedgerEntry> facts(CallId id) {
    FactSource bridge = FactSource.bridge("MZ1");
    Outcome outcome = Outcome.of(Outcome.Result.CONFIRMED);
    return List.of(
        entry(id, bridge, 1, NOON, conversationStarted()),
        entry(id, FactSource.CARRIER_DETECTION, 1, NOON, new AnsweredBy("human", Map.of())),
        entry(id, bridge, 2, NOON, new OutcomeRecorded(outcome)),
        entry(id, FactSource.DESK, 3, NOON, new HangupRequested()),
        entry(id, bridge, 3, NOON.plusSeconds(9), turn(Speaker.HOST, "Yes", 0)));
  }

  private static Call folded(List<CallHistory.StoredFact> facts) {
    Call call = Call.opened(facts.get(0).entry());
    for (CallHistory.StoredFact fact : facts.subList(1, facts.size())) {
      call = call.with(fact.entry());
    }
    return call;
  }

  private static <T> List<T> together(List<Callable<T>> tasks, int threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anInstantIsTheSameInEveryTimeZone() {
    // Both are 01:30 on the clocks of New York, an hour apart.
    Instant first = Instant.parse("2026-11-01T05:30:00Z");
    Instant second = Instant.parse("2026-11-01T06:30:00Z");
    CallId[] ids = new CallId[2];
    inZone("America/New_York", () -> ids[0] = opened(first));
    inZone("America/New_York", () -> ids[1] = opened(second));

    for (String zone : List.of("America/New_York", "Asia/Kolkata", "UTC")) {
      inZone(
          zone,
          () -> {
            assertThat(ledger.unsettled(second, 10)).containsExactly(ids[0]);
            assertThat(history.facts(ids[1], 0, 1).get(0).entry().at()).isEqualTo(second);
            assertThat(history.facts(ids[1], 0, 1).get(0).recordedAt()).isEqualTo(clock.instant());
          });
    }
  }

  private static void inZone(String zone, Runnable action) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      action.run();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void longAndStrangeTextsComeBackAsTheyWent() {
    CallId id = opened(NOON);
    String text = "日本 🍣 \u0000 ' \" \\ " + "x".repeat(50_000);

    assertThat(append(id, FactSource.bridge("MZ1"), 1, turn(Speaker.HOST, text, 0)))
        .isEqualTo(Append.APPENDED);

    assertThat(history.transcript(id).get(0).text()).isEqualTo(text);
  }

  @Test
  void positionsGrowInTheOrderInWhichACallsFactsWereTold() {
    CallId id = opened(NOON);
    IntStream.range(0, 5).forEach(i -> report(id, 10 - i, CallStatus.RINGING));

    List<CallHistory.StoredFact> facts = history.facts(id, 0, 100);
    assertThat(facts)
        .extracting(fact -> fact.entry().sequence())
        .containsExactly(0L, 10L, 9L, 8L, 7L, 6L);
    assertThat(history.facts(id, facts.get(2).position(), 2)).isEqualTo(facts.subList(3, 5));
  }
}

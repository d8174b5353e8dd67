package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.status;
import static dev.concierge.call.SampleCalls.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.FactSource;
import dev.concierge.call.Outcome;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.SampleCalls;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import dev.concierge.ledger.CallHistory.Page;
import dev.concierge.ledger.CallHistory.Position;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
@ExtendWith(FarFromUtc.class)
class CallHistoryTest {

  @Parameter TestDatabase database;

  private Jdbi jdbi;
  private CallLedger ledger;
  private CallHistory history;

  @BeforeEach
  void emptyTheDatabase() {
    jdbi = database.emptied();
    ledger = new JdbiCallLedger(jdbi, Clock.systemUTC());
    history = new CallHistory(jdbi);
  }

  private CallId opened(String restaurant, Instant at) {
    Requested fact = new Requested(SampleCalls.request(restaurant));
    return ledger.open(entry(CallId.random(), FactSource.DESK, 0, at, fact)).id();
  }

  private void tell(CallId id, long sequence, CallFact fact) {
    Instant at = NOON.plusSeconds(sequence);
    ledger.append(entry(id, FactSource.CARRIER_STATUS, sequence, at, fact));
  }

  private List<CallId> ids(HistoryFilter filter) {
    return history.page(filter, HistoryOrder.NEWEST_FIRST, 100, null).calls().stream()
        .map(Call::id)
        .toList();
  }

  @Test
  void theNewestCallComesFirst() {
    CallId second = opened("B", NOON.plusNanos(1_000));
    CallId first = opened("A", NOON);
    CallId third = opened("C", NOON.plusSeconds(1));

    Page page = history.page(HistoryFilter.ANY, HistoryOrder.NEWEST_FIRST, 3, null);

    assertThat(page.calls()).extracting(Call::id).containsExactly(third, second, first);
    assertThat(page.next()).isNull();
    assertThat(history.find(first)).contains(page.calls().get(2));
  }

  @ParameterizedTest
  @EnumSource(HistoryOrder.class)
  void pagesShowEveryCallOnceWhileCallsAreAdded(HistoryOrder order) {
    for (HistoryFilter filter : List.of(HistoryFilter.ANY, metadata("a-1"), restaurant("a"))) {
      emptyTheDatabase();
      List<CallId> there = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        // Two at a time at the very same moment, finer than the database keeps it.
        there.add(opened("A" + i % 3, NOON.plusSeconds(i / 2).plusNanos(999)));
      }
      assertThat(seen(filter, order)).containsSubsequence(inOrder(there, order));
    }
  }

  /** What is seen page by page, while calls are added that lie between the others. */
  private List<CallId> seen(HistoryFilter filter, HistoryOrder order) {
    List<CallId> seen = new ArrayList<>();
    Position after = null;
    do {
      Page page = history.page(filter, order, 3, after);
      page.calls().forEach(call -> seen.add(call.id()));
      opened("A late", NOON.plusSeconds(2).plusMillis(seen.size()));
      after = page.next();
    } while (after != null);
    assertThat(seen).doesNotHaveDuplicates();
    return seen;
  }

  private List<CallId> inOrder(List<CallId> ids, HistoryOrder order) {
    Comparator<Call> oldestFirst =
        Comparator.comparing(Call::createdAt).thenComparing(call -> call.id().value());
    return ids.stream()
        .map(id -> history.find(id).orElseThrow())
        .sorted(order == HistoryOrder.OLDEST_FIRST ? oldestFirst : oldestFirst.reversed())
        .map(Call::id)
        .toList();
  }

  @Test
  void noQueryOfAPageOrAReportMayRunForLong() {
    opened("A", NOON);
    List<Integer> timeouts = new ArrayList<>();
    jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logBeforeExecution(StatementContext context) {
            timeouts.add(timeoutOf(context.getStatement()));
          }
        });

    history.page(metadata("a-1"), HistoryOrder.NEWEST_FIRST, 3, null);
    new CallReports(jdbi).summary(restaurant("a"), null, ZoneOffset.UTC);

    assertThat(timeouts).hasSizeGreaterThan(2).containsOnly(CallWalk.LONGEST_QUERY_S);
  }

  private static int timeoutOf(Statement statement) {
    try {
      return statement.getQueryTimeout();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void callsThatAreNotOverAreCountedByTheirStatus() {
    opened("A", NOON);
    opened("B", NOON);
    tell(opened("C", NOON), 1, status(CallStatus.IN_PROGRESS));
    tell(opened("D", NOON), 1, status(CallStatus.COMPLETED));

    assertThat(history.countLive())
        .isEqualTo(
            Map.of(
                CallStatus.SCHEDULED, 0L,
                CallStatus.SUBMITTING, 2L,
                CallStatus.SUBMISSION_UNKNOWN, 0L,
                CallStatus.QUEUED, 0L,
                CallStatus.INITIATED, 0L,
                CallStatus.RINGING, 0L,
                CallStatus.IN_PROGRESS, 1L));
  }

  @Test
  void aCallThatWasCompletedWasAnsweredAlsoWhereNobodyToldOfTheAnswer() {
    CallId id = opened("A", NOON);
    tell(id, 1, status(CallStatus.COMPLETED));

    assertThat(history.find(id).orElseThrow().outcome())
        .isEqualTo(Outcome.of(Outcome.Result.UNKNOWN));
    assertThat(new CallReports(jdbi).summary(HistoryFilter.ANY, null, ZoneOffset.UTC).total())
        .returns(1L, CallTotals::answered);
  }

  @Test
  void aFilterKeepsWhatMatchesAllOfIt() {
    CallId busy = opened("Chez ÉMILE", NOON);
    tell(busy, 1, status(CallStatus.BUSY));
    CallId booked = opened("100% Pasta_Bar", NOON.plusSeconds(10));
    tell(booked, 1, new OutcomeRecorded(Outcome.of(Outcome.Result.CONFIRMED)));
    tell(booked, 2, status(CallStatus.IN_PROGRESS));
    CallId fresh = opened("O'Neill's", NOON.plusSeconds(20));

    assertThat(ids(statuses(CallStatus.BUSY, CallStatus.IN_PROGRESS)))
        .containsExactly(booked, busy);
    assertThat(ids(statuses(CallStatus.FAILED))).isEmpty();
    assertThat(ids(outcome(Outcome.Result.CONFIRMED))).containsExactly(booked);
    assertThat(ids(outcome(Outcome.Result.UNREACHED))).containsExactly(busy);
    assertThat(ids(endedReason(EndedReason.CALLEE_BUSY))).containsExactly(busy);
    assertThat(ids(to(new PhoneNumber("+14155550100")))).containsExactly(fresh, booked, busy);
    assertThat(ids(to(new PhoneNumber("+14155550101")))).isEmpty();
    assertThat(ids(restaurant("émile"))).containsExactly(busy);
    assertThat(ids(restaurant("O'NEILL"))).containsExactly(fresh);
    assertThat(ids(restaurant("%"))).containsExactly(booked);
    assertThat(ids(restaurant("a_b"))).containsExactly(booked);
    assertThat(ids(created(NOON.plusSeconds(10), NOON.plusSeconds(20)))).containsExactly(booked);
    assertThat(ids(created(NOON.plusSeconds(11), null))).containsExactly(fresh);
    assertThat(
            ids(
                new HistoryFilter(
                    Set.of(CallStatus.BUSY),
                    Outcome.Result.UNREACHED,
                    EndedReason.CALLEE_BUSY,
                    new PhoneNumber("+14155550100"),
                    "chez",
                    NOON,
                    NOON.plusSeconds(1),
                    Set.of(),
                    Map.of("order", "a-1"))))
        .containsExactly(busy);
  }

  private static HistoryFilter statuses(CallStatus... statuses) {
    return new HistoryFilter(
        Set.of(statuses), null, null, null, null, null, null, Set.of(), Map.of());
  }

  private static HistoryFilter outcome(Outcome.Result outcome) {
    return new HistoryFilter(Set.of(), outcome, null, null, null, null, null, Set.of(), Map.of());
  }

  private static HistoryFilter endedReason(EndedReason reason) {
    return new HistoryFilter(Set.of(), null, reason, null, null, null, null, Set.of(), Map.of());
  }

  private static HistoryFilter to(PhoneNumber to) {
    return new HistoryFilter(Set.of(), null, null, to, null, null, null, Set.of(), Map.of());
  }

  private static HistoryFilter restaurant(String part) {
    return new HistoryFilter(Set.of(), null, null, null, part, null, null, Set.of(), Map.of());
  }

  private static HistoryFilter search(String words) {
    Set<String> terms = SearchTerms.of(words);
    return new HistoryFilter(Set.of(), null, null, null, null, null, null, terms, Map.of());
  }

  private static HistoryFilter metadata(String order) {
    Map<String, String> labels = Map.of("order", order);
    return new HistoryFilter(Set.of(), null, null, null, null, null, null, Set.of(), labels);
  }

  private static HistoryFilter created(Instant from, Instant to) {
    return new HistoryFilter(Set.of(), null, null, null, null, from, to, Set.of(), Map.of());
  }

  @Test
  void aCallIsFoundByWordsThatWereSaidInItByWhomever() {
    CallId first = opened("A", NOON);
    tell(first, 1, turn(Speaker.AGENT, "A table for four, please?", 100));
    tell(first, 2, turn(Speaker.HOST, "A TABLE? At the Café Müller, no. 7!", 2000));
    CallId second = opened("B", NOON.plusSeconds(1));
    tell(second, 1, turn(Speaker.HOST, "四名様 no table", 100));

    assertThat(ids(search("Table"))).containsExactly(second, first);
    assertThat(ids(search("cafe muller"))).containsExactly(first);
    assertThat(ids(search("four: 7"))).containsExactly(first);
    assertThat(ids(search("名様"))).containsExactly(second);
    assertThat(ids(search("table tabl"))).isEmpty();
    assertThat(ids(search("order"))).isEmpty();
  }

  @Test
  void aCallIsFoundByItsLabels() {
    CallId id = opened("A", NOON);

    assertThat(ids(metadata("a-1"))).containsExactly(id);
    assertThat(ids(metadata("A-1"))).isEmpty();
    assertThat(ids(metadata("a"))).isEmpty();
  }

  @Test
  void aCallThatIsTakenFromTheIndexIsFoundByItsColumnsOnly() {
    CallId id = opened("A", NOON);
    CallId other = opened("B", NOON);
    tell(id, 1, turn(Speaker.HOST, "A table?", 100));
    tell(other, 1, turn(Speaker.HOST, "A table?", 100));

    jdbi.useHandle(handle -> SearchIndex.remove(handle, history.find(id).orElseThrow()));

    assertThat(ids(search("table"))).containsExactly(other);
    assertThat(ids(metadata("a-1"))).containsExactly(other);
    assertThat(ids(restaurant("a"))).containsExactly(id);
  }

  @Test
  void manyRestaurantsOfOneNameAreFoundAsFewAre() {
    List<CallId> opened = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      opened.add(0, opened("Trattoria " + i, NOON.plusSeconds(i)));
    }
    opened("Bistro", NOON.plusSeconds(60));

    assertThat(ids(restaurant("trattoria"))).isEqualTo(opened);
    assertThat(ids(restaurant("ria 1"))).hasSize(11).isSubsetOf(opened);
    assertThat(ids(restaurant("pizzeria"))).isEmpty();
  }

  @Test
  @Behaviour(56)
  void aTranscriptIsInSpokenOrderAndOfOneCall() {
    CallId id = opened("A", NOON);
    CallId other = opened("B", NOON);
    tell(id, 1, turn(Speaker.AGENT, "A table for four?", 2000));
    tell(id, 2, turn(Speaker.HOST, "Hello?", 100));
    tell(other, 3, turn(Speaker.HOST, "Who is it?", 50));
    tell(id, 4, turn(Speaker.HOST, "Yes.", 2000));

    assertThat(history.transcript(id))
        .extracting(Turn::text)
        .containsExactly("Hello?", "A table for four?", "Yes.");
    assertThat(history.transcript(CallId.random())).isEmpty();
  }
}

package dev.concierge.ledger;

import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import dev.concierge.ledger.CallHistory.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Measures what a seeded ledger answers and how fast, in milliseconds, through the classes that the
 * API asks: {@code LedgerMeasure DATABASE}, with a {@link LoadDatabase}.
 */
final class LedgerMeasure {

  private static final int PAGE = 50;
  private static final int RUNS = 200;
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Instant MONTH = SeedCalls.START.plus(Duration.ofDays(180));

  private final CallHistory history;
  private final CallReports reports;
  private final CallChanges changes;
  private final Random random = new Random(2);

  private LedgerMeasure(Jdbi jdbi) {
    history = new CallHistory(jdbi);
    reports = new CallReports(jdbi);
    changes = new CallChanges(jdbi);
  }

  public static void main(String[] arguments) throws Exception {
    try (LoadDatabase database = LoadDatabase.open(arguments[0])) {
      // One connection, as a pool would hand out again and again.
      new LedgerMeasure(Jdbi.create(database.source().getConnection())).run();
    }
  }

  private void run() {
    System.out.printf("%-44s %8s %8s %8s %8s%n", "", "rows", "p50", "p95", "p99");
    lists();
    searches();
    reports();
    measure("changes", RUNS, () -> changes.after(0, PAGE).size());
  }

  private void lists() {
    page("first page", () -> HistoryFilter.ANY);
    for (int percent : new int[] {1, 50, 99}) {
      Position deep = position(percent);
      measure("page " + percent + "% down", RUNS, () -> size(HistoryFilter.ANY, deep));
    }
    measure(
        "oldest first",
        RUNS,
        () ->
            history
                .page(HistoryFilter.ANY, HistoryOrder.OLDEST_FIRST, PAGE, position(50))
                .calls()
                .size());
    page("status=completed", () -> status(CallStatus.COMPLETED));
    page("status=canceled", () -> status(CallStatus.CANCELED));
    page("status=busy&status=failed", () -> status(CallStatus.BUSY, CallStatus.FAILED));
    page("status=ringing (none)", () -> status(CallStatus.RINGING));
    page("outcome=confirmed", () -> of(Outcome.Result.CONFIRMED, null, null, null));
    page("outcome=waitlisted", () -> of(Outcome.Result.WAITLISTED, null, null, null));
    page("ended_reason=max_duration", () -> of(null, EndedReason.MAX_DURATION, null, null));
    page("to", () -> of(null, null, restaurant(), null));
    page("restaurant, one of 20,000", () -> named(SeedCalls.restaurant(restaurant())));
    page("restaurant, one of 8", () -> named("trattoria"));
    page("restaurant, one of 1,000", () -> named(" " + SeedCalls.word(random.nextInt(997)) + " "));
    page("restaurant (none)", () -> named("nowhere"));
    page("created_from, created_to", () -> created(MONTH, MONTH.plus(Duration.ofDays(1))));
    page("metadata", this::label);
    page(
        "restaurant, status, outcome",
        () ->
            new HistoryFilter(
                Set.of(CallStatus.COMPLETED),
                Outcome.Result.DECLINED,
                null,
                null,
                "bistro",
                null,
                null,
                Set.of(),
                Map.of()));
  }

  private void searches() {
    page("q, in nearly every call", () -> search("table"));
    page("q, any word", () -> search(SeedCalls.word(random.nextInt(20_000))));
    page("q, (none)", () -> search("nowhere"));
    page("q, two in nearly every call", () -> search("table please"));
    page("q, two rare ones", () -> search(rare() + " " + rare()));
    page("q, one of both", () -> search("table " + rare()));
    page(
        "q, status=canceled (none)",
        () ->
            new HistoryFilter(
                Set.of(CallStatus.CANCELED),
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of(rare()),
                Map.of()));
  }

  private void reports() {
    HistoryFilter month = created(MONTH, MONTH.plus(Duration.ofDays(30)));
    report("report of a month", 50, month, null);
    for (Grouping grouping : Grouping.values()) {
      if (grouping != Grouping.RESTAURANT) {
        report("report of a month by " + grouping, 20, month, grouping);
      }
    }
    // A month has more restaurants than a report has groups.
    HistoryFilter day = created(MONTH, MONTH.plus(Duration.ofDays(1)));
    report("report of a day by RESTAURANT", 50, day, Grouping.RESTAURANT);
    report("report of all", 5, HistoryFilter.ANY, null);
    report("report of all by day", 5, HistoryFilter.ANY, Grouping.DAY);
  }

  private void report(String name, int runs, HistoryFilter filter, Grouping grouping) {
    measure(name, runs, () -> (int) reports.summary(filter, grouping, ZONE).total().calls());
  }

  private void page(String name, Supplier<HistoryFilter> filter) {
    measure(name, RUNS, () -> size(filter.get(), null));
  }

  private int size(HistoryFilter filter, Position after) {
    return history.page(filter, HistoryOrder.NEWEST_FIRST, PAGE, after).calls().size();
  }

  /** Runs a query until it is warm and then so many times. */
  private static void measure(String name, int runs, Supplier<Integer> query) {
    int rows = 0;
    for (int i = 0; i < Math.min(runs, 50); i++) {
      rows = Math.max(rows, query.get());
    }
    double[] times = new double[runs];
    for (int i = 0; i < runs; i++) {
      long begun = System.nanoTime();
      rows = Math.max(rows, query.get());
      times[i] = (System.nanoTime() - begun) / 1e6;
    }
    Arrays.sort(times);
    System.out.printf(
        "%-44s %8d %8.1f %8.1f %8.1f%n",
        name, rows, rank(times, 0.5), rank(times, 0.95), rank(times, 0.99));
  }

  private static double rank(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private int restaurant() {
    return random.nextInt(SeedCalls.RESTAURANTS);
  }

  private String rare() {
    return SeedCalls.word(2_000 + random.nextInt(18_000));
  }

  private static Position position(int percent) {
    Instant at = SeedCalls.START.plus(SeedCalls.SPAN.multipliedBy(100 - percent).dividedBy(100));
    return new Position(at, CallId.random());
  }

  private static HistoryFilter status(CallStatus... statuses) {
    return new HistoryFilter(
        Set.of(statuses), null, null, null, null, null, null, Set.of(), Map.of());
  }

  private static HistoryFilter of(
      Outcome.Result outcome, EndedReason reason, Integer number, String name) {
    return new HistoryFilter(
        Set.of(),
        outcome,
        reason,
        number == null ? null : SeedCalls.number(number),
        name,
        null,
        null,
        Set.of(),
        Map.of());
  }

  private static HistoryFilter named(String part) {
    return of(null, null, null, part);
  }

  private static HistoryFilter created(Instant from, Instant to) {
    return new HistoryFilter(Set.of(), null, null, null, null, from, to, Set.of(), Map.of());
  }

  private HistoryFilter label() {
    Map<String, String> order = Map.of("order", "o-" + random.nextInt(SeedCalls.ORDERS));
    return new HistoryFilter(Set.of(), null, null, null, null, null, null, Set.of(), order);
  }

  private static HistoryFilter search(String words) {
    Set<String> terms = SearchTerms.of(words);
    return new HistoryFilter(Set.of(), null, null, null, null, null, null, terms, Map.of());
  }
}

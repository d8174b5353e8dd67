package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.call.Call;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.ConversationSummary;
import dev.concierge.call.EndedReason;
import dev.concierge.call.FactSource;
import dev.concierge.call.Outcome;
import dev.concierge.call.Outcome.Result;
import dev.concierge.call.SampleCalls;
import dev.concierge.call.Usage;
import dev.concierge.ledger.CallHistory.Page;
import dev.concierge.ledger.CallHistory.Position;
import dev.concierge.ledger.CallReports.Group;
import dev.concierge.ledger.CallReports.Summary;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jdbi.v3.core.Jdbi;

/** Whatever was called and however it is filtered: a report says what the list shows. */
class CallReportsProperties {

  /** An hour before the clocks of Berlin go back. */
  private static final Instant START = Instant.parse("2026-10-25T00:00:00Z");

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static final List<String> RESTAURANTS = List.of("Da Luigi", "Luigi's", "Chez Émile");

  @Property(tries = 40)
  void theSumsAgreeWithTheListOfTheSameFilter(
      @ForAll TestDatabase database,
      @ForAll Grouping grouping,
      @ForAll @IntRange(max = 30) int calls,
      @ForAll Random random) {
    Jdbi jdbi = database.emptied();
    JdbiCallLedger ledger = new JdbiCallLedger(jdbi, Clock.systemUTC());
    for (int i = 0; i < calls; i++) {
      call(ledger, random);
    }
    HistoryFilter filter = filter(random);

    List<Call> list = list(new CallHistory(jdbi), filter);
    Summary summary = new CallReports(jdbi).summary(filter, grouping, BERLIN);

    assertAgrees(summary.total(), list);
    Map<String, List<Call>> expected = new HashMap<>();
    for (Call call : list) {
      expected.computeIfAbsent(group(call, grouping), name -> new ArrayList<>()).add(call);
    }
    assertThat(summary.groups()).extracting(Group::name).doesNotHaveDuplicates();
    assertThat(summary.groups()).hasSameSizeAs(expected.keySet());
    for (Group group : summary.groups()) {
      assertAgrees(group.totals(), expected.get(group.name()));
    }
  }

  private static void call(JdbiCallLedger ledger, Random random) {
    CallId id = CallId.random();
    Instant at =
        START.plusSeconds(random.nextInt(4) * 1800L + (random.nextInt(8) == 0 ? 86_400 * 7 : 0));
    String restaurant = RESTAURANTS.get(random.nextInt(RESTAURANTS.size()));
    FactSource line = FactSource.bridge("MZ1");
    ledger.open(entry(id, FactSource.DESK, 0, at, new Requested(SampleCalls.request(restaurant))));
    if (random.nextInt(4) == 0) {
      ledger.append(
          entry(id, line, 1, at, new StatusReported(CallStatus.BUSY, "CA1", null, Map.of())));
      return;
    }
    ledger.append(entry(id, line, 1, at, new ConversationStarted("MZ1", "CA1")));
    if (random.nextBoolean()) {
      Result result = random.nextBoolean() ? Result.CONFIRMED : Result.DECLINED;
      ledger.append(entry(id, line, 2, at, new OutcomeRecorded(Outcome.of(result))));
    }
    if (random.nextInt(4) > 0) {
      ledger.append(entry(id, line, 3, at, ended(random)));
    }
  }

  private static ConversationEnded ended(Random random) {
    Long firstAudioMs = random.nextInt(4) == 0 ? null : (long) random.nextInt(3000);
    List<Long> responses =
        LongStream.generate(() -> random.nextInt(2000)).limit(random.nextInt(4)).boxed().toList();
    Usage usage =
        new Usage(
            random.nextInt(900),
            random.nextInt(900),
            random.nextInt(900),
            random.nextInt(900),
            random.nextInt(900),
            random.nextInt(900));
    ConversationSummary summary =
        new ConversationSummary(
            random.nextInt(60_000), firstAudioMs, responses, random.nextInt(3), 1, 1, 0, usage);
    return new ConversationEnded(EndedReason.CALLEE_HUNG_UP, null, summary);
  }

  private static HistoryFilter filter(Random random) {
    return new HistoryFilter(
        random.nextInt(3) == 0 ? Set.of(CallStatus.BUSY, CallStatus.IN_PROGRESS) : Set.of(),
        random.nextInt(4) == 0 ? Result.CONFIRMED : null,
        random.nextInt(6) == 0 ? EndedReason.CALLEE_BUSY : null,
        null,
        random.nextInt(3) == 0 ? "luigi" : null,
        random.nextInt(3) == 0 ? START.plusSeconds(1800) : null,
        random.nextInt(3) == 0 ? START.plusSeconds(3600) : null,
        Set.of(),
        random.nextInt(3) == 0 ? Map.of("order", "a-1") : Map.of());
  }

  private static List<Call> list(CallHistory history, HistoryFilter filter) {
    List<Call> list = new ArrayList<>();
    Position after = null;
    do {
      Page page = history.page(filter, HistoryOrder.NEWEST_FIRST, 7, after);
      list.addAll(page.calls());
      after = page.next();
    } while (after != null);
    return list;
  }

  private static String group(Call call, Grouping grouping) {
    var local = call.createdAt().atZone(BERLIN);
    LocalDate day = local.toLocalDate();
    return switch (grouping) {
      case HOUR -> "%sT%02d:00:00%s".formatted(day, local.getHour(), local.getOffset());
      case DAY -> day.toString();
      case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L).toString();
      case RESTAURANT -> call.request().reservation().restaurantName();
      case STATUS -> call.status().word();
      case OUTCOME -> call.outcome() == null ? null : CallRow.word(call.outcome().result());
      case ENDED_REASON -> call.endedReason() == null ? null : CallRow.word(call.endedReason());
    };
  }

  private static void assertAgrees(CallTotals totals, List<Call> calls) {
    List<ConversationSummary> summaries =
        calls.stream().map(Call::summary).filter(Objects::nonNull).toList();
    Usage usage =
        summaries.stream().map(ConversationSummary::usage).reduce(Usage.NONE, Usage::plus);
    Percentiles firstAudio =
        Percentiles.of(
            summaries.stream()
                .map(ConversationSummary::answerToFirstAudioMs)
                .filter(Objects::nonNull)
                .mapToInt(Long::intValue));
    Percentiles response =
        Percentiles.of(
            summaries.stream()
                .flatMap(each -> each.responseMs().stream())
                .mapToInt(Long::intValue));
    assertThat(totals)
        .isEqualTo(
            new CallTotals(
                calls.size(),
                calls.stream().filter(Call::wasAnswered).count(),
                calls.stream().filter(CallReportsProperties::isConfirmed).count(),
                sum(summaries, ConversationSummary::durationMs),
                sum(summaries, ConversationSummary::bargeIns),
                firstAudio,
                response,
                usage));
  }

  private static boolean isConfirmed(Call call) {
    return call.outcome() != null && call.outcome().result() == Result.CONFIRMED;
  }

  private static long sum(
      List<ConversationSummary> summaries, ToLongFunction<ConversationSummary> figure) {
    return summaries.stream().mapToLong(figure).sum();
  }
}

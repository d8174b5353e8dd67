package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger.Append;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Facts being told to their calls, within one transaction and in a handful of statements however
 * many they are: each statement is a round trip to the database.
 *
 * <p>Not thread-safe: the thread that has the transaction uses it.
 */
final class Telling {

  /** What a fact is unique by. */
  private record Told(CallId callId, FactSource source, long sequence) {

    static Told of(LedgerEntry entry) {
      return new Told(entry.callId(), entry.source(), entry.sequence());
    }
  }

  /** So that two transactions never wait for each other's. */
  private static final Comparator<FactRow> IN_ONE_ORDER =
      Comparator.comparing(FactRow::callId)
          .thenComparing(FactRow::source)
          .thenComparing(FactRow::sequence);

  private final Instant recordedAt;
  private final Map<CallId, LockedCall> calls;
  private final Set<Told> told;

  private final Map<CallId, LockedCall> moved = new LinkedHashMap<>();
  private final List<Append> results = new ArrayList<>();
  private final List<Call> settled = new ArrayList<>();
  private final List<FactRow> facts = new ArrayList<>();
  private final List<FactRow> orphans = new ArrayList<>();
  // A set: H2 makes an exception of each word that is there already.
  private final Set<SearchIndex.Entry> said = new LinkedHashSet<>();

  private Telling(Instant recordedAt, Map<CallId, LockedCall> calls, Set<Told> told) {
    this.recordedAt = recordedAt;
    this.calls = calls;
    this.told = told;
  }

  /** Tells the facts in their order, and moves each call on once. */
  static Telling tell(Handle handle, List<LedgerEntry> entries, Instant recordedAt) {
    Map<CallId, LockedCall> calls =
        LockedCall.findAll(handle, entries.stream().map(LedgerEntry::callId).toList());
    Telling telling = new Telling(recordedAt, calls, toldBefore(handle, entries));
    entries.forEach(entry -> telling.results.add(telling.tell(entry)));
    telling.write(handle);
    return telling;
  }

  /** Those of them that had been told before. Nobody adds to these while their calls are locked. */
  private static Set<Told> toldBefore(Handle handle, List<LedgerEntry> entries) {
    return handle
        .createQuery(
            """
            SELECT facts.call_id, facts.source, facts.sequence
            FROM UNNEST(CAST(:ids AS VARCHAR ARRAY), CAST(:sources AS VARCHAR ARRAY),
                CAST(:sequences AS BIGINT ARRAY)) AS told (call_id, source, sequence)
            JOIN facts ON facts.call_id = told.call_id AND facts.source = told.source
                AND facts.sequence = told.sequence
            """)
        .bind("ids", SqlArray.ofTexts(each(entries, entry -> entry.callId().value())))
        .bind("sources", SqlArray.ofTexts(each(entries, entry -> entry.source().name())))
        .bind("sequences", SqlArray.ofNumbers(each(entries, LedgerEntry::sequence)))
        .map(
            (row, context) ->
                new Told(
                    new CallId(row.getString("call_id")),
                    new FactSource(row.getString("source")),
                    row.getLong("sequence")))
        .set();
  }

  private static <T> List<T> each(List<LedgerEntry> entries, Function<LedgerEntry, T> part) {
    return entries.stream().map(part).toList();
  }

  private Append tell(LedgerEntry entry) {
    LockedCall call = calls.get(entry.callId());
    if (call == null) {
      orphans.add(FactRow.of(entry, recordedAt, FactChain.EMPTY.end()));
      return Append.UNKNOWN_CALL;
    }
    if (!told.add(Told.of(entry))) {
      return Append.DUPLICATE;
    }
    LedgerEntry kept = call.call().personalDataErased() ? entry.withoutPersonalData() : entry;
    FactRow fact = FactRow.of(kept, recordedAt, call.chain().end());
    facts.add(fact);
    said.addAll(SearchIndex.entries(call.call(), kept.fact()));
    LockedCall after = call.with(kept, fact);
    if (after.call().isSettled() && !call.call().isSettled()) {
      settled.add(after.call());
    }
    calls.put(entry.callId(), after);
    moved.put(entry.callId(), after);
    return Append.APPENDED;
  }

  /** What became of each of the facts. */
  List<Append> results() {
    return results;
  }

  /** The calls that they settled. */
  List<Call> settled() {
    return settled;
  }

  /** An empty batch would cost as much as a statement. */
  private void write(Handle handle) {
    if (!facts.isEmpty()) {
      FactRow.insert(handle, facts);
      CallRow.update(handle, moved.values().stream().map(LockedCall::row).toList());
    }
    if (!orphans.isEmpty()) {
      orphans.sort(IN_ONE_ORDER);
      FactRow.insertOrphans(handle, orphans);
    }
    if (!said.isEmpty()) {
      SearchIndex.add(handle, said);
    }
  }
}

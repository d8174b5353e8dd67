package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.EndedReason;
import dev.concierge.call.IdempotencyKey;
import dev.concierge.call.LedgerEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The ledger in a relational database, H2 or PostgreSQL.
 *
 * <p>Several instances may write to one database: whoever adds a fact holds the call's row until
 * the call has moved on, so that facts about one call are told one after another.
 */
public final class JdbiCallLedger implements CallLedger {

  private final Jdbi jdbi;
  private final Clock clock;
  private final Consumer<Call> settled;

  /**
   * @param clock tells when a fact was recorded
   */
  public JdbiCallLedger(Jdbi jdbi, Clock clock) {
    this(jdbi, clock, call -> {});
  }

  /**
   * @param settled told of each call that was settled here, when that is committed; must not block
   */
  public JdbiCallLedger(Jdbi jdbi, Clock clock, Consumer<Call> settled) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.settled = settled;
  }

  @Override
  public Call open(LedgerEntry requested) {
    return jdbi.inTransaction(handle -> open(handle, requested));
  }

  @Override
  public Optional<Call> open(LedgerEntry requested, IdempotencyKey key) {
    // The key comes first: whoever else has it waits here until this transaction has ended.
    return jdbi.inTransaction(
        handle ->
            KeyRow.insert(handle, key, requested)
                ? Optional.of(open(handle, requested))
                : Optional.empty());
  }

  private Call open(Handle handle, LedgerEntry requested) {
    Call call = Call.opened(requested);
    FactRow fact = FactRow.of(requested, clock.instant(), FactChain.EMPTY.end());
    CallRow.of(call, FactChain.EMPTY.with(fact)).insert(handle);
    fact.insert(handle);
    SearchIndex.add(handle, call, requested.fact());
    return call;
  }

  @Override
  public Optional<IdempotencyKey.Use> findByKey(String name) {
    return jdbi.withHandle(handle -> KeyRow.find(handle, name));
  }

  @Override
  public Append append(LedgerEntry entry) {
    return jdbi.inTransaction(handle -> append(handle, entry));
  }

  @Override
  public List<LedgerEntry> appendAll(List<LedgerEntry> entries) {
    // Calls are locked in one order, so that two instances never wait for each other's.
    SortedMap<String, List<LedgerEntry>> byCall = new TreeMap<>();
    for (LedgerEntry entry : entries) {
      byCall.computeIfAbsent(entry.callId().value(), id -> new ArrayList<>()).add(entry);
    }
    return jdbi.inTransaction(handle -> append(handle, byCall.values()));
  }

  /** Returns those of calls that are not known. */
  private List<LedgerEntry> append(Handle handle, Collection<List<LedgerEntry>> byCall) {
    Instant now = clock.instant();
    List<LedgerEntry> unknown = new ArrayList<>();
    for (List<LedgerEntry> entries : byCall) {
      Optional<LockedCall> call = LockedCall.find(handle, entries.get(0).callId());
      if (call.isPresent()) {
        tell(handle, call.get(), entries, now);
      } else {
        entries.forEach(entry -> keepOrphan(handle, entry, now));
        unknown.addAll(entries);
      }
    }
    return unknown;
  }

  private Append append(Handle handle, LedgerEntry entry) {
    Instant now = clock.instant();
    Optional<LockedCall> call = LockedCall.find(handle, entry.callId());
    if (call.isEmpty()) {
      keepOrphan(handle, entry, now);
      return Append.UNKNOWN_CALL;
    }
    boolean isNew = tell(handle, call.get(), List.of(entry), now);
    return isNew ? Append.APPENDED : Append.DUPLICATE;
  }

  /** Returns whether any of them was new. */
  private boolean tell(Handle handle, LockedCall told, List<LedgerEntry> entries, Instant now) {
    LockedCall moved = told.tell(handle, entries, now);
    if (moved.call().isSettled() && !told.call().isSettled()) {
      handle.afterCommit(() -> settled.accept(moved.call()));
    }
    return !moved.chain().equals(told.chain());
  }

  private static void keepOrphan(Handle handle, LedgerEntry entry, Instant now) {
    FactRow.of(entry, now, FactChain.EMPTY.end()).insertOrphan(handle);
  }

  @Override
  public Optional<Call> find(CallId id) {
    return jdbi.withHandle(handle -> CallRow.find(handle, id));
  }

  @Override
  public Optional<Call> findByCarrierCallId(String carrierCallId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, document FROM calls
                    WHERE carrier_call_id = :carrierCallId
                    LIMIT 1
                    """)
                .bind("carrierCallId", carrierCallId)
                .map((row, context) -> CallReader.read(handle, row))
                .findOne());
  }

  @Override
  public List<CallId> unsettled(Instant unheardSince, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id FROM calls
                    WHERE settled = FALSE AND (heard_of_at < :unheardSince OR hangup_requested)
                    ORDER BY heard_of_at, id
                    LIMIT :limit
                    """)
                .bind("unheardSince", SqlTime.argument(unheardSince))
                .bind("limit", limit)
                .mapTo(String.class)
                .map(CallId::new)
                .list());
  }

  @Override
  public long countRivals(Call call, Instant from, Instant until) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT COUNT(*) FROM calls
                    WHERE to_number = :to AND created_at BETWEEN :from AND :until
                        AND carrier_call_id IS NULL AND id <> :id
                        AND (settled = FALSE OR ended_reason = :lost)
                    """)
                .bind("to", call.request().to().e164())
                .bind("from", SqlTime.argument(from))
                .bind("until", SqlTime.argument(until))
                .bind("id", call.id().value())
                .bind("lost", CallRow.word(EndedReason.SUBMISSION_LOST))
                .mapTo(Long.class)
                .one());
  }
}

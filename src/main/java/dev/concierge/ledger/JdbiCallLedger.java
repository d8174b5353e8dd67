package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.EndedReason;
import dev.concierge.call.IdempotencyKey;
import dev.concierge.call.LedgerEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  private final GroupCommit appends = new GroupCommit(this::appendAll);
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
    FactRow.insert(handle, List.of(fact));
    SearchIndex.add(handle, call, List.of(requested.fact()));
    return call;
  }

  @Override
  public Optional<IdempotencyKey.Use> findByKey(String name) {
    return jdbi.withHandle(handle -> KeyRow.find(handle, name));
  }

  @Override
  public Append append(LedgerEntry entry) {
    return appends.append(entry);
  }

  @Override
  public List<Append> appendAll(List<LedgerEntry> entries) {
    return jdbi.inTransaction(
        handle -> {
          Telling telling = Telling.tell(handle, entries, clock.instant());
          handle.afterCommit(() -> telling.settled().forEach(settled));
          return telling.results();
        });
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

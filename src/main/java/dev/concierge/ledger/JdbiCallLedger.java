package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.LedgerEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  /**
   * @param clock tells when a fact was recorded
   */
  public JdbiCallLedger(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public Call open(LedgerEntry requested) {
    Call call = Call.opened(requested);
    jdbi.useTransaction(
        handle -> {
          CallRow.of(call).insert(handle);
          FactRow.of(requested, clock.instant()).insert(handle);
          SearchIndex.add(handle, call, requested.fact());
        });
    return call;
  }

  @Override
  public Append append(LedgerEntry entry) {
    return jdbi.inTransaction(handle -> append(handle, entry));
  }

  private Append append(Handle handle, LedgerEntry entry) {
    Optional<Call> call = CallRow.lock(handle, entry.callId());
    FactRow fact = FactRow.of(entry, clock.instant());
    if (call.isEmpty()) {
      fact.insertOrphan(handle);
      return Append.UNKNOWN_CALL;
    }
    if (!fact.insert(handle)) {
      return Append.DUPLICATE;
    }
    CallRow.of(call.get().with(entry)).update(handle);
    SearchIndex.add(handle, call.get(), entry.fact());
    return Append.APPENDED;
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
                    SELECT document FROM calls
                    WHERE carrier_call_id = :carrierCallId
                    LIMIT 1
                    """)
                .bind("carrierCallId", carrierCallId)
                .mapTo(String.class)
                .findOne()
                .map(CallRow::read));
  }

  @Override
  public List<Call> unsettled(Instant unheardSince, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT document FROM calls
                    WHERE settled = FALSE AND heard_of_at < :unheardSince
                    ORDER BY heard_of_at, id
                    LIMIT :limit
                    """)
                .bind("unheardSince", SqlTime.argument(unheardSince))
                .bind("limit", limit)
                .mapTo(String.class)
                .map(CallRow::read)
                .list());
  }
}

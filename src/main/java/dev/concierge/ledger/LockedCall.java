package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.LedgerEntry;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A call, with every other writer kept from it until the transaction ends. */
record LockedCall(Call call, FactChain chain) {

  static Optional<LockedCall> find(Handle handle, CallId id) {
    return handle
        .createQuery(
            "SELECT document, chain_length, chain_end FROM calls WHERE id = :id FOR UPDATE")
        .bind("id", id.value())
        .map(
            (row, context) ->
                new LockedCall(
                    CallRow.read(row.getString("document")),
                    chain(row.getLong("chain_length"), row.getString("chain_end"))))
        .findOne();
  }

  /** A call whose chain somebody took away is still told of: {@link Verification} sees it. */
  private static FactChain chain(long length, @Nullable String end) {
    return end == null ? FactChain.EMPTY : new FactChain(length, end);
  }

  /**
   * Adds a fact and moves the call on. Where the personal data was erased, that of the fact is not
   * kept either.
   *
   * @return {@code false} if the source had told a fact under that number
   */
  boolean tell(Handle handle, LedgerEntry entry, Instant recordedAt) {
    LedgerEntry told = call.personalDataErased() ? entry.withoutPersonalData() : entry;
    FactRow fact = FactRow.of(told, recordedAt, chain.end());
    if (!fact.insert(handle)) {
      return false;
    }
    CallRow.of(call.with(told), chain.with(fact)).update(handle);
    SearchIndex.add(handle, call, told.fact());
    return true;
  }
}

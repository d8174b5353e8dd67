package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.LedgerEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A call, with every other writer kept from it until the transaction ends. */
record LockedCall(Call call, FactChain chain) {

  static Optional<LockedCall> find(Handle handle, CallId id) {
    return handle
        .createQuery(
            "SELECT id, document, chain_length, chain_end FROM calls WHERE id = :id FOR UPDATE")
        .bind("id", id.value())
        .map(
            (row, context) ->
                new LockedCall(
                    CallReader.read(handle, row),
                    chain(row.getLong("chain_length"), row.getString("chain_end"))))
        .findOne();
  }

  /** A call whose chain somebody took away is still told of: {@link Verification} sees it. */
  private static FactChain chain(long length, @Nullable String end) {
    return end == null ? FactChain.EMPTY : new FactChain(length, end);
  }

  /**
   * Adds facts in their order and moves the call on, once. Where the personal data was erased, that
   * of the facts is not kept either.
   *
   * @return the call as it is now; its chain is the same if all of them had been told before
   */
  LockedCall tell(Handle handle, List<LedgerEntry> entries, Instant recordedAt) {
    LockedCall moved = this;
    for (LedgerEntry entry : entries) {
      LedgerEntry told = moved.call.personalDataErased() ? entry.withoutPersonalData() : entry;
      FactRow fact = FactRow.of(told, recordedAt, moved.chain.end());
      if (fact.insert(handle)) {
        SearchIndex.add(handle, moved.call, told.fact());
        moved = new LockedCall(moved.call.with(told), moved.chain.with(fact));
      }
    }
    if (!moved.chain.equals(chain)) {
      CallRow.of(moved.call, moved.chain).update(handle);
    }
    return moved;
  }
}

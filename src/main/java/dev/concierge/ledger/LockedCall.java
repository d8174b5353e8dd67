package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.LedgerEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A call, with every other writer kept from it until the transaction ends. */
record LockedCall(Call call, FactChain chain) {

  static Optional<LockedCall> find(Handle handle, CallId id) {
    return Optional.ofNullable(findAll(handle, List.of(id)).get(id));
  }

  /**
   * Those of the calls that there are. They are locked in one order, so that two transactions never
   * wait for each other's.
   */
  static Map<CallId, LockedCall> findAll(Handle handle, Collection<CallId> ids) {
    Map<CallId, LockedCall> found = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT id, document, chain_length, chain_end FROM calls
            WHERE id = ANY(:ids)
            ORDER BY id
            FOR UPDATE
            """)
        .bind("ids", SqlArray.ofTexts(ids.stream().map(CallId::value).distinct().toList()))
        .map(
            (row, context) ->
                Map.entry(
                    new CallId(row.getString("id")),
                    new LockedCall(
                        CallReader.read(handle, row),
                        chain(row.getLong("chain_length"), row.getString("chain_end")))))
        .forEach(locked -> found.put(locked.getKey(), locked.getValue()));
    return found;
  }

  /** A call whose chain somebody took away is still told of: {@link Verification} sees it. */
  private static FactChain chain(long length, @Nullable String end) {
    return end == null ? FactChain.EMPTY : new FactChain(length, end);
  }

  /** The call after it was told that, with its fact at the end of the chain. */
  LockedCall with(LedgerEntry told, FactRow fact) {
    return new LockedCall(call.with(told), chain.with(fact));
  }

  CallRow row() {
    return CallRow.of(call, chain);
  }
}

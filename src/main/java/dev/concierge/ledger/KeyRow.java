package dev.concierge.ledger;

import dev.concierge.call.IdempotencyKey;
import dev.concierge.call.LedgerEntry;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A row of {@code idempotency_keys}. */
final class KeyRow {

  private KeyRow() {}

  /** Whether the key was new; {@code false} if another call has it. */
  static boolean insert(Handle handle, IdempotencyKey key, LedgerEntry requested) {
    int rows =
        handle
            .createUpdate(
                """
                INSERT INTO idempotency_keys (name, fingerprint, call_id)
                VALUES (:name, :fingerprint, :callId)
                ON CONFLICT DO NOTHING
                """)
            .bind("name", key.name())
            .bind("fingerprint", key.fingerprint())
            .bind("callId", requested.callId().value())
            .execute();
    return rows == 1;
  }

  static Optional<IdempotencyKey.Use> find(Handle handle, String name) {
    return handle
        .createQuery(
            """
            SELECT idempotency_keys.fingerprint, calls.id, calls.document FROM idempotency_keys
            JOIN calls ON calls.id = idempotency_keys.call_id
            WHERE idempotency_keys.name = :name
            """)
        .bind("name", name)
        .map(
            (row, context) ->
                new IdempotencyKey.Use(
                    new IdempotencyKey(name, row.getString("fingerprint")),
                    CallReader.read(handle, row)))
        .findOne();
  }
}

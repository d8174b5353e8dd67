package dev.concierge.ledger;

import dev.concierge.call.CallFact;
import dev.concierge.call.CallId;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/**
 * A row of {@code facts}, or of {@code orphan_callbacks}, where it concerns no call we know. Public
 * because JDBI binds only what is.
 */
public record FactRow(
    String callId,
    String source,
    long sequence,
    String kind,
    Argument at,
    Argument recordedAt,
    String body) {

  static FactRow of(LedgerEntry entry, Instant recordedAt) {
    return new FactRow(
        entry.callId().value(),
        entry.source().name(),
        entry.sequence(),
        FactKinds.wordFor(entry.fact()),
        SqlTime.argument(entry.at()),
        SqlTime.argument(recordedAt),
        CallJson.write(entry.fact()));
  }

  /** The entry in a row of all the columns of {@code facts}. */
  static LedgerEntry entry(ResultSet row) throws SQLException {
    return new LedgerEntry(
        new CallId(row.getString("call_id")),
        new FactSource(row.getString("source")),
        row.getLong("sequence"),
        SqlTime.read(row, "at"),
        CallJson.read(row.getString("body"), CallFact.class));
  }

  /** Whether it was new; {@code false} if the source had told a fact under that number. */
  boolean insert(Handle handle) {
    int rows =
        handle
            .createUpdate(
                """
                INSERT INTO facts (call_id, source, sequence, kind, at, recorded_at, body)
                VALUES (:callId, :source, :sequence, :kind, :at, :recordedAt, :body)
                ON CONFLICT DO NOTHING
                """)
            .bindMethods(this)
            .execute();
    return rows == 1;
  }

  void insertOrphan(Handle handle) {
    handle
        .createUpdate(
            """
            INSERT INTO orphan_callbacks (call_id, source, sequence, kind, at, received_at, body)
            VALUES (:callId, :source, :sequence, :kind, :at, :recordedAt, :body)
            ON CONFLICT DO NOTHING
            """)
        .bindMethods(this)
        .execute();
  }
}

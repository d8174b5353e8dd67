package dev.concierge.ledger;

import dev.concierge.call.CallFact;
import dev.concierge.call.CallId;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * A row of {@code facts}, or of {@code orphan_callbacks}, where it concerns no call we know. Public
 * because JDBI binds only what is.
 *
 * @param salt random, so that nobody can guess an erased body from its digest; erased with it
 * @param bodyDigest over the salt and the body
 * @param digest over the other columns, with {@code bodyDigest} for the body and the salt, and over
 *     the digest of the fact before
 */
public record FactRow(
    String callId,
    String source,
    long sequence,
    String kind,
    Argument at,
    Argument recordedAt,
    String body,
    String salt,
    String bodyDigest,
    String digest) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;

  /**
   * @param previous the digest of the fact before it
   */
  static FactRow of(LedgerEntry entry, Instant recordedAt, String previous) {
    String body = CallJson.write(entry.fact());
    String kind = FactKinds.wordFor(entry.fact());
    String salt = freshSalt();
    String bodyDigest = ChainDigest.of(salt, body);
    return new FactRow(
        entry.callId().value(),
        entry.source().name(),
        entry.sequence(),
        kind,
        SqlTime.argument(entry.at()),
        SqlTime.argument(recordedAt),
        body,
        salt,
        bodyDigest,
        ChainDigest.of(
            previous,
            entry.callId().value(),
            entry.source().name(),
            entry.sequence(),
            kind,
            SqlTime.asKept(entry.at()),
            SqlTime.asKept(recordedAt),
            bodyDigest));
  }

  /** What {@link #digest} must be of a row that was read. */
  static String digest(String previous, ResultSet row) throws SQLException {
    return ChainDigest.of(
        previous,
        row.getString("call_id"),
        row.getString("source"),
        row.getLong("sequence"),
        row.getString("kind"),
        SqlTime.read(row, "at"),
        SqlTime.read(row, "recorded_at"),
        String.valueOf(row.getString("body_digest")));
  }

  private static String freshSalt() {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return HexFormat.of().formatHex(salt);
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

  /** Writes facts of which none was told before. */
  static void insert(Handle handle, List<FactRow> facts) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO facts (call_id, source, sequence, kind, at, recorded_at, body,
                salt, body_digest, digest)
            VALUES (:callId, :source, :sequence, :kind, :at, :recordedAt, :body,
                :salt, :bodyDigest, :digest)
            """);
    facts.forEach(fact -> batch.bindMethods(fact).add());
    batch.execute();
  }

  /** Writes facts about calls that there are not, unless they were told before. */
  static void insertOrphans(Handle handle, List<FactRow> facts) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO orphan_callbacks (call_id, source, sequence, kind, at, received_at, body)
            VALUES (:callId, :source, :sequence, :kind, :at, :recordedAt, :body)
            ON CONFLICT DO NOTHING
            """);
    facts.forEach(fact -> batch.bindMethods(fact).add());
    batch.execute();
  }
}

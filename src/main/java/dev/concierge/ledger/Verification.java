package dev.concierge.ledger;

import dev.concierge.call.CallId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Says whether history is what was once written. It takes no more memory for many calls than for
 * few, keeps nobody waiting, and may run while calls do. Any thread may call it; it blocks.
 */
public final class Verification {

  private static final int CALLS_AT_ONCE = 200;
  private static final int ROWS_AT_ONCE = 1000;

  private final Jdbi jdbi;

  public Verification(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** In what way something is not what was written. */
  public enum Kind {
    /** What the fact says was changed. */
    FACT_CHANGED,
    /** Other columns of the fact were changed, or a fact before it is gone, new or moved. */
    CHAIN_BROKEN,
    /** What an erasure left was changed, or something was erased that no erasure tells of. */
    ERASURE_CHANGED,
    /** There were facts after this one. */
    FACTS_MISSING,
    /** The facts are whole, and the call's own row does not go with them. */
    CALL_CHANGED
  }

  /**
   * Where history is not whole.
   *
   * @param source of the fact; {@code null} where it is no fact's
   * @param sequence of the fact; {@code null} where it is no fact's
   */
  public record Flaw(String callId, @Nullable String source, @Nullable Long sequence, Kind kind) {
    public Flaw {
      Objects.requireNonNull(callId, "callId is null");
      Objects.requireNonNull(kind, "kind is null");
    }
  }

  /**
   * What was found, up to the first flaw.
   *
   * @param flaw {@code null} if all is whole
   */
  public record Report(long calls, long facts, @Nullable Flaw flaw) {

    private static final Report NONE = new Report(0, 0, null);

    public boolean isWhole() {
      return flaw == null;
    }

    private Report with(ChainCheck check) {
      return new Report(calls + 1, facts + check.facts(), flaw == null ? check.flaw() : flaw);
    }
  }

  /** Looks at every call, in the order of their names, until one is not whole. */
  public Report all() {
    Report report = Report.NONE;
    Optional<String> first = firstAfter("");
    while (first.isPresent() && report.isWhole()) {
      Page page = page(first.get());
      for (ChainCheck check : page.checks().values()) {
        report = report.isWhole() ? report.with(check) : report;
      }
      first = firstAfter(page.last());
    }
    return report;
  }

  /** Looks at one call; empty if there is none of that name. */
  public Optional<Report> of(CallId id) {
    Page page = snapshot(handle -> checked(handle, id.value(), id.value()));
    return page.checks().values().stream().findFirst().map(Report.NONE::with);
  }

  private record Page(String last, Map<String, ChainCheck> checks) {}

  private Optional<String> firstAfter(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT id FROM calls WHERE id > :id ORDER BY id LIMIT 1")
                .bind("id", id)
                .mapTo(String.class)
                .findOne());
  }

  private Page page(String first) {
    return snapshot(handle -> checked(handle, first, last(handle, first)));
  }

  private static String last(Handle handle, String first) {
    return handle
        .createQuery(
            """
            SELECT MAX(id) FROM
            (SELECT id FROM calls WHERE id >= :first ORDER BY id LIMIT :limit) page
            """)
        .bind("first", first)
        .bind("limit", CALLS_AT_ONCE)
        .mapTo(String.class)
        .one();
  }

  /** What a running call is told between two queries must not look like a flaw. */
  private Page snapshot(HandleCallback<Page, RuntimeException> work) {
    return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work);
  }

  private static Page checked(Handle handle, String first, String last) {
    Map<String, ChainCheck> checks = new LinkedHashMap<>();
    String calls = "FROM calls WHERE id >= :first AND id <= :last ORDER BY id";
    read(
        query(handle, "SELECT id " + calls, first, last),
        row -> checks.put(row.getString("id"), new ChainCheck(row.getString("id"))));
    read(
        query(
            handle,
            """
            SELECT call_id, source, sequence, kind, at, recorded_at, body, salt, body_digest, digest
            FROM facts WHERE call_id >= :first AND call_id <= :last
            ORDER BY call_id, id
            """,
            first,
            last),
        row -> check(checks, row.getString("call_id")).fact(row));
    read(
        query(handle, "SELECT * " + calls, first, last),
        row -> check(checks, row.getString("id")).end(row));
    return new Page(last, checks);
  }

  private static ChainCheck check(Map<String, ChainCheck> checks, String id) {
    return Objects.requireNonNull(checks.get(id), "a fact without its call");
  }

  private static Query query(Handle handle, String sql, String first, String last) {
    return handle
        .createQuery(sql)
        .setFetchSize(ROWS_AT_ONCE)
        .bind("first", first)
        .bind("last", last);
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Reads row by row: a call may have any number of facts. */
  private static void read(Query query, RowReader reader) {
    query
        .map(
            (row, context) -> {
              reader.read(row);
              return true;
            })
        .forEach(read -> {});
  }
}

package dev.concierge.ledger;

import dev.concierge.call.Call;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Forgets calls that are old, with all that was told about them. Several instances may do so at
 * once. Any thread may call it; it blocks.
 */
public final class Retention {

  private static final int CALLS_AT_ONCE = 500;
  private static final int NAMES_AT_ONCE = 500;

  private final Jdbi jdbi;

  public Retention(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Deletes the settled calls that were asked for before then, some at a time, the restaurants that
   * no call is left of, and the reports of that time on calls we do not know.
   *
   * @return how many calls were deleted
   */
  public long forgetBefore(Instant cutoff) {
    long forgotten = 0;
    int batch = CALLS_AT_ONCE;
    while (batch == CALLS_AT_ONCE) {
      batch = jdbi.inTransaction(handle -> forgetSome(handle, cutoff));
      forgotten += batch;
    }
    int names = NAMES_AT_ONCE;
    while (names == NAMES_AT_ONCE) {
      names = jdbi.inTransaction(Retention::forgetSomeRestaurants);
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("DELETE FROM orphan_callbacks WHERE received_at < :cutoff")
                .bind("cutoff", SqlTime.argument(cutoff))
                .execute());
    return forgotten;
  }

  /**
   * A call that goes.
   *
   * @param call {@code null} if it can be read neither from its row nor from its facts
   */
  private record OldCall(String id, @Nullable Call call) {

    static OldCall read(Handle handle, ResultSet row) throws SQLException {
      String id = row.getString("id");
      try {
        return new OldCall(id, CallReader.read(handle, row));
      } catch (UnreadableCallException e) {
        return new OldCall(id, null);
      }
    }

    /** Damage to one call keeps neither it nor the others. */
    void removeTerms(Handle handle) {
      if (call == null) {
        SearchIndex.removeUnread(handle, id);
      } else {
        SearchIndex.remove(handle, call);
      }
    }
  }

  /** A call of which something is told at this moment is left for the next time. */
  private static int forgetSome(Handle handle, Instant cutoff) {
    List<OldCall> calls =
        handle
            .createQuery(
                """
                SELECT id, document FROM calls WHERE created_at < :cutoff AND settled = TRUE
                ORDER BY created_at, id
                LIMIT :limit
                FOR UPDATE SKIP LOCKED
                """)
            .bind("cutoff", SqlTime.argument(cutoff))
            .bind("limit", CALLS_AT_ONCE)
            .map((row, context) -> OldCall.read(handle, row))
            .list();
    if (!calls.isEmpty()) {
      calls.forEach(call -> call.removeTerms(handle));
      List<String> ids = calls.stream().map(OldCall::id).toList();
      delete(handle, "DELETE FROM idempotency_keys WHERE call_id IN (<ids>)", ids);
      delete(handle, "DELETE FROM facts WHERE call_id IN (<ids>)", ids);
      delete(handle, "DELETE FROM calls WHERE id IN (<ids>)", ids);
    }
    return calls.size();
  }

  /**
   * Names are held first, as a new call holds its own, and then it is looked again whether a call
   * bears them: a call that is placed meanwhile is either seen, or writes its name anew.
   */
  private static int forgetSomeRestaurants(Handle handle) {
    String unborne =
        "NOT EXISTS (SELECT 1 FROM calls WHERE calls.restaurant_folded = restaurants.folded)";
    List<String> names =
        handle
            .createQuery(
                "SELECT folded FROM restaurants WHERE %s ORDER BY folded LIMIT :limit FOR UPDATE"
                    .formatted(unborne))
            .bind("limit", NAMES_AT_ONCE)
            .mapTo(String.class)
            .list();
    if (!names.isEmpty()) {
      delete(handle, "DELETE FROM restaurants WHERE folded IN (<ids>) AND " + unborne, names);
    }
    return names.size();
  }

  private static void delete(Handle handle, String sql, List<String> ids) {
    handle.createUpdate(sql).bindList("ids", ids).execute();
  }
}

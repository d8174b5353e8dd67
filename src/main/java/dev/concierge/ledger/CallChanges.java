package dev.concierge.ledger;

import dev.concierge.call.Call;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The calls that changed, in the order in which that became visible, for those who keep a copy.
 *
 * <p>A number that a writer takes says nothing about when it commits: who has read number 8 may
 * never see number 7, which was committed later. So writers take none. They leave the call without
 * a number, and whoever reads gives numbers to calls whose change is committed, holding the lock on
 * the counter until these are committed too. A number that can be seen is therefore greater than
 * all that could be seen before, and reading on after the last one seen misses nothing, however
 * transactions overlap and on whichever instance.
 *
 * <p>A call that changes again before anybody read is shown once, as it is then; what lies between
 * is among its facts. One that changes afterwards gets a new number. Every method may be called
 * from any thread and blocks.
 */
public final class CallChanges {

  private final Jdbi jdbi;

  public CallChanges(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A call that changed.
   *
   * @param number its place among the changes; not dense
   */
  public record Change(long number, Call call) {
    public Change {
      Objects.requireNonNull(call, "call is null");
    }
  }

  /**
   * The changes after that one, oldest first.
   *
   * @param number 0 for all there are
   */
  public List<Change> after(long number, int limit) {
    jdbi.useTransaction(handle -> giveNumbers(handle, limit));
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT change_number, id, document FROM calls
                    WHERE change_number > :number
                    ORDER BY change_number
                    LIMIT :limit
                    """)
                .bind("number", number)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Change(row.getLong("change_number"), CallReader.read(handle, row)))
                .list());
  }

  private static void giveNumbers(Handle handle, int limit) {
    long last =
        handle
            .createQuery("SELECT last_number FROM change_counter FOR UPDATE")
            .mapTo(Long.class)
            .one();
    List<String> changed = changed(handle, limit);
    if (changed.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch("UPDATE calls SET change_number = :number WHERE id = :id");
    for (String id : changed) {
      batch.bind("number", ++last).bind("id", id).add();
    }
    batch.execute();
    handle
        .createUpdate("UPDATE change_counter SET last_number = :last")
        .bind("last", last)
        .execute();
  }

  /** A call that is being changed at this moment is left for the next time. */
  private static List<String> changed(Handle handle, int limit) {
    return handle
        .createQuery(
            """
            SELECT id FROM calls
            WHERE change_number IS NULL
            ORDER BY change_number, heard_of_at, id
            LIMIT :limit
            FOR UPDATE SKIP LOCKED
            """)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }
}

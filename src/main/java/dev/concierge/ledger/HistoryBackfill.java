package dev.concierge.ledger;

import dev.concierge.call.Call;
import java.sql.Connection;
import java.util.List;
import liquibase.change.custom.CustomTaskChange;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.ValidationErrors;
import liquibase.resource.ResourceAccessor;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;

/**
 * Gives the calls of earlier versions what they are now counted and found by. A migration: it runs
 * once, and touches no column that a later migration brings. Public because Liquibase makes it.
 */
public final class HistoryBackfill implements CustomTaskChange {

  private static final int CALLS_AT_ONCE = 500;

  @Override
  public void execute(Database database) {
    Connection connection = ((JdbcConnection) database.getConnection()).getUnderlyingConnection();
    Jdbi jdbi = Jdbi.create(connection);
    // The connection and its transaction are Liquibase's.
    jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    jdbi.useHandle(HistoryBackfill::backfill);
  }

  private static void backfill(Handle handle) {
    String after = "";
    List<Call> calls = calls(handle, after);
    while (!calls.isEmpty()) {
      calls.forEach(call -> backfill(handle, call));
      after = calls.get(calls.size() - 1).id().value();
      calls = calls(handle, after);
    }
  }

  private static List<Call> calls(Handle handle, String after) {
    return handle
        .createQuery("SELECT id, document FROM calls WHERE id > :after ORDER BY id LIMIT :limit")
        .bind("after", after)
        .bind("limit", CALLS_AT_ONCE)
        .map((row, context) -> CallReader.read(handle, row))
        .list();
  }

  private static void backfill(Handle handle, Call call) {
    handle
        .createUpdate("UPDATE calls SET " + CallFigures.ASSIGNMENTS + " WHERE id = :id")
        .bindMethods(CallFigures.of(call))
        .bind("id", call.id().value())
        .execute();
    SearchIndex.complete(handle, call);
  }

  @Override
  public String getConfirmationMessage() {
    return "Earlier calls can be counted and searched";
  }

  @Override
  public void setUp() {
    // It needs nothing.
  }

  @Override
  public void setFileOpener(ResourceAccessor resourceAccessor) {
    // It reads no file.
  }

  @Override
  public ValidationErrors validate(Database database) {
    return new ValidationErrors();
  }
}

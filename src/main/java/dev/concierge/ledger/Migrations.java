package dev.concierge.ledger;

import java.sql.Connection;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.jvm.JdbcConnection;
import liquibase.lockservice.LockServiceFactory;
import liquibase.logging.core.NoOpLogService;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Brings the database's tables up to what this version of the service needs. */
public final class Migrations {

  /** Where the changes are on the class path. */
  public static final String CHANGELOG = "migrations/changelog.yaml";

  /** What goes wrong is thrown, so its log would only be noise. */
  private static final Map<String, Object> SETTINGS =
      Map.of(
          Scope.Attr.logService.name(),
          new NoOpLogService(),
          Scope.Attr.ui.name(),
          new LoggerUIService());

  private Migrations() {}

  /**
   * Applies what is missing; blocks. Several instances may start at once: they take turns, and each
   * waits a minute at most. Not for two threads of one process.
   *
   * @throws IllegalStateException if the database could not be reached or brought up to date
   */
  public static void run(DataSource database) {
    try {
      Scope.child(SETTINGS, () -> update(database));
    } catch (Exception e) {
      throw new IllegalStateException("the database's tables could not be brought up to date", e);
    }
  }

  private static void update(DataSource database) throws Exception {
    try (Connection connection = database.getConnection();
        Liquibase liquibase =
            new Liquibase(
                CHANGELOG, new ClassLoaderResourceAccessor(), new JdbcConnection(connection));
        MigrationTurn turn = MigrationTurn.await(connection)) {
      liquibase.setShowSummary(UpdateSummaryEnum.OFF);
      // Whoever has Liquibase's own lock in this turn of ours died with it.
      LockServiceFactory.getInstance().getLockService(liquibase.getDatabase()).forceReleaseLock();
      int timeout = connection.getNetworkTimeout();
      // An index over many calls may take longer to make than any other answer.
      connection.setNetworkTimeout(Runnable::run, 0);
      try {
        liquibase.update();
      } finally {
        connection.setNetworkTimeout(Runnable::run, timeout);
      }
    }
  }
}

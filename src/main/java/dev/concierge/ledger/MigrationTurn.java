package dev.concierge.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * One instance's turn at the tables. On PostgreSQL it is a lock of the session, which ends with the
 * process that has it, however that dies; the row by which Liquibase tells whose turn it is does
 * not. An H2 file is open in one process only, so that there is nobody to wait for.
 */
final class MigrationTurn implements AutoCloseable {

  /** Any number that nobody else locks in this database: "concierg" in ASCII. */
  private static final long KEY = 0x636f_6e63_6965_7267L;

  private static final int LONGEST_WAIT_S = 60;

  private final Connection connection;
  private final boolean isShared;

  private MigrationTurn(Connection connection, boolean isShared) {
    this.connection = connection;
    this.isShared = isShared;
  }

  /**
   * Waits until nobody else is at the tables.
   *
   * @throws SQLTimeoutException if somebody has been for a minute
   */
  static MigrationTurn await(Connection connection) throws SQLException, InterruptedException {
    boolean isShared = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    MigrationTurn turn = new MigrationTurn(connection, isShared);
    for (int second = 0; isShared && !turn.did("pg_try_advisory_lock"); second++) {
      if (second == LONGEST_WAIT_S) {
        throw new SQLTimeoutException("another instance has been at the tables for a minute");
      }
      TimeUnit.SECONDS.sleep(1);
    }
    return turn;
  }

  private boolean did(String function) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT " + function + "(" + KEY + ")")) {
      ResultSet answer = statement.executeQuery();
      return answer.next() && answer.getBoolean(1);
    }
  }

  /** The connection may live on in a pool, and its session with it. */
  @Override
  public void close() throws SQLException {
    if (isShared) {
      // What failed in the middle would let nothing else be said.
      connection.rollback();
      did("pg_advisory_unlock");
    }
  }
}

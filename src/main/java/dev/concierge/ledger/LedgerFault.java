package dev.concierge.ledger;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells what a failed write means. */
final class LedgerFault {

  /**
   * SQLState classes by which a database rejects the data of one statement: data exception,
   * integrity constraint violation, program limit exceeded. All others may pass: a lost connection,
   * a deadlock, a full disk, a table that a migration still has to bring.
   */
  private static final Set<String> REJECTIONS = Set.of("22", "23", "54");

  /** The SQLState class of connection exceptions. */
  private static final String CONNECTION = "08";

  /** PostgreSQL's SQLStates of a server that shuts down, crashed, or does not take connections. */
  private static final Set<String> SHUT_DOWN = Set.of("57P01", "57P02", "57P03");

  private LedgerFault() {}

  /**
   * Whether the entry itself is at fault, so that writing it again would fail again. So is a
   * failure of our own code, before or after the database was asked.
   */
  static boolean isOfTheEntry(Throwable fault) {
    SQLException sql = sqlException(fault);
    if (sql == null) {
      return fault instanceof RuntimeException;
    }
    String state = sql.getSQLState();
    return state != null && state.length() == 5 && REJECTIONS.contains(state.substring(0, 2));
  }

  /** Whether the database could not be reached, or went away over it. */
  static boolean isAway(Throwable fault) {
    SQLException sql = sqlException(fault);
    if (fault instanceof ConnectionException || sql instanceof SQLNonTransientConnectionException) {
      return true;
    }
    String state = sql == null ? "" : String.valueOf(sql.getSQLState());
    return state.startsWith(CONNECTION) || SHUT_DOWN.contains(state);
  }

  /** The fault in words that hold no data: messages of a database may quote what was said. */
  static String describe(Throwable fault) {
    SQLException sql = sqlException(fault);
    return sql == null
        ? fault.getClass().getName()
        : sql.getClass().getName() + " with SQLState " + sql.getSQLState();
  }

  private static @Nullable SQLException sqlException(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}

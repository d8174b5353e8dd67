package dev.concierge.resources;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a database that is away, or that took too long, from a fault of ours. */
final class DatabaseProblem implements ExceptionMapper<JdbiException> {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseProblem.class);

  /** SQLSTATE: connection exceptions, and PostgreSQL's "operator intervention". */
  private static final String CONNECTION = "08";

  private static final String SHUT_DOWN = "57P";

  /** What both databases say of a query that took longer than it may. */
  private static final String CANCELED = "57014";

  @Override
  public Response toResponse(JdbiException exception) {
    if (tookTooLong(exception)) {
      LOG.warn("a query was ended because it took too long");
      return Problem.of(
              Status.SERVICE_UNAVAILABLE,
              "The database took too long over this. Ask for less, or again when it has less to do.")
          .toResponseToRetry();
    }
    if (!isAway(exception)) {
      return UnexpectedProblem.report(withoutData(exception));
    }
    LOG.warn("the database cannot be reached: {}", describe(exception));
    return Problem.of(Status.SERVICE_UNAVAILABLE, "The database cannot be reached.")
        .toResponseToRetry();
  }

  /** Whether the database could not be reached, so that asking again later may help. */
  static boolean isAway(JdbiException exception) {
    if (exception instanceof ConnectionException) {
      return true;
    }
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && isAway(sql)) {
        return true;
      }
    }
    return false;
  }

  private static boolean tookTooLong(JdbiException exception) {
    return exception.getCause() instanceof SQLException sql && CANCELED.equals(sql.getSQLState());
  }

  /** The messages of JDBI and of the database quote what was to be written: it stays out. */
  private static Exception withoutData(JdbiException exception) {
    Exception fault = new IllegalStateException(describe(exception));
    fault.setStackTrace(exception.getStackTrace());
    return fault;
  }

  private static String describe(JdbiException exception) {
    return exception.getCause() instanceof SQLException sql
        ? sql.getClass().getName() + " with SQLSTATE " + sql.getSQLState()
        : exception.getClass().getName();
  }

  private static boolean isAway(SQLException exception) {
    String state = String.valueOf(exception.getSQLState());
    return exception instanceof SQLTransientException
        || exception instanceof SQLRecoverableException
        || exception instanceof SQLNonTransientConnectionException
        || state.startsWith(CONNECTION)
        || state.startsWith(SHUT_DOWN);
  }
}

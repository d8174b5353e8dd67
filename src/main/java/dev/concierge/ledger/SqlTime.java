package dev.concierge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.argument.Argument;

/**
 * Instants in the database. They travel with their offset from UTC, so that no zone of a session or
 * a machine is ever guessed, and in whole microseconds, which is what the columns hold.
 */
final class SqlTime {

  private SqlTime() {}

  /** The instant as it will be read again. */
  static Instant asKept(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  static Argument argument(Instant instant) {
    OffsetDateTime utc = asKept(instant).atOffset(ZoneOffset.UTC);
    return (position, statement, context) -> statement.setObject(position, utc);
  }

  static Instant read(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}

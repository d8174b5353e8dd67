package dev.concierge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/** By what the calls of a report are put together. */
public enum Grouping {
  /** The hour of asking, named by its beginning with the offset that the zone's clocks then had. */
  HOUR(null),
  DAY(null),
  /** The week of asking, named by its Monday. */
  WEEK(null),
  RESTAURANT("restaurant_name"),
  STATUS("status"),
  OUTCOME("outcome"),
  ENDED_REASON("ended_reason");

  private final @Nullable String column;

  Grouping(@Nullable String column) {
    this.column = column;
  }

  boolean isByTime() {
    return column == null;
  }

  /** What {@link #groupOf} reads besides what a {@link Tally} reads. */
  String columns() {
    return isByTime() || this == OUTCOME ? "" : ", c." + column;
  }

  /**
   * The group of a row.
   *
   * @return {@code null} for calls without a value
   */
  @Nullable String groupOf(ResultSet row, ZoneId zone) throws SQLException {
    return column == null ? groupOf(SqlTime.read(row, "created_at"), zone) : row.getString(column);
  }

  /** The hour, day or week of a moment where the clocks are those of the zone. */
  String groupOf(Instant moment, ZoneId zone) {
    ZonedDateTime local = moment.atZone(zone);
    LocalDate day = local.toLocalDate();
    return switch (this) {
      case HOUR ->
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local.truncatedTo(ChronoUnit.HOURS));
      case DAY -> day.toString();
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
      case RESTAURANT, STATUS, OUTCOME, ENDED_REASON ->
          throw new IllegalStateException("not a grouping by time");
    };
  }
}

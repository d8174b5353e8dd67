package dev.concierge.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.call.PhoneNumber;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads for when the table is asked, as of one moment. */
final class WhenReader {

  private final Fields<JsonNode> fields;
  private final Instant now;

  WhenReader(Fields<JsonNode> fields, Instant now) {
    this.fields = fields;
    this.now = now;
  }

  /** For when, at the restaurant. */
  record When(Said<LocalDate> date, Said<LocalTime> time, ZoneId zone) {}

  /** What a client said, and what that means. */
  record Said<T>(String words, T meaning) {}

  /**
   * Reads date, time and time zone.
   *
   * @param to whose number tells the zone where the client does not
   * @return {@code null} if any of them is missing or wrong
   */
  @Nullable When read(@Nullable PhoneNumber to) {
    ZoneId zone = readZone(to);
    // Without a zone the phrases are read all the same, so that their faults are named too.
    LocalDateTime there = LocalDateTime.ofInstant(now, zone == null ? ZoneOffset.UTC : zone);
    Said<LocalDate> date =
        fields.required(
            "date",
            "the day at the restaurant, such as 2026-12-01 or tomorrow",
            value -> {
              String words = JsonValues.phrase(value);
              return new Said<>(words, SpokenDate.resolve(words, there));
            });
    Said<LocalTime> time =
        fields.required(
            "time",
            "the time of day at the restaurant, such as 19:00 or 7pm",
            value -> {
              String words = JsonValues.phrase(value);
              return new Said<>(words, SpokenTime.resolve(words));
            });
    if (date == null || time == null || zone == null) {
      return null;
    }
    requireAhead(date.meaning(), time.meaning(), zone, there);
    return new When(date, time, zone);
  }

  private @Nullable ZoneId readZone(@Nullable PhoneNumber to) {
    ZoneId said = fields.optional("time_zone", JsonValues::timeZone);
    if (said != null || to == null || fields.isWrong("time_zone")) {
      return said;
    }
    return to.timeZone()
        .orElseGet(
            () -> {
              fields.wrong(
                  "time_zone",
                  "is missing, and the number does not tell it:"
                      + " the restaurant's time zone, such as Europe/Paris");
              return null;
            });
  }

  private void requireAhead(LocalDate date, LocalTime time, ZoneId zone, LocalDateTime there) {
    String clock = "at the restaurant it is " + there.truncatedTo(ChronoUnit.MINUTES);
    LocalDateTime when = date.atTime(time);
    if (date.isBefore(there.toLocalDate())) {
      fields.wrong("date", "must not be past, and this is " + date + ": " + clock);
    } else if (date.isAfter(there.toLocalDate().plusYears(1))) {
      fields.wrong("date", "must be at most a year ahead, and this is " + date);
    } else if (zone.getRules().getValidOffsets(when).isEmpty()) {
      fields.wrong("time", "does not exist on " + date + ": the clocks go forward then");
    } else if (!when.atZone(zone).toInstant().isAfter(now)) {
      fields.wrong("time", "must not be past, and this is " + when + ": " + clock);
    }
  }
}

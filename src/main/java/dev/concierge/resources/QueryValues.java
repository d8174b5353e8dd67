package dev.concierge.resources;

import dev.concierge.call.CallStatus;
import dev.concierge.call.PhoneNumber;
import dev.concierge.ledger.HistoryOrder;
import dev.concierge.ledger.SearchTerms;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ValueRange;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes values of the parameters of a query. */
final class QueryValues {

  private static final ValueRange ISO_YEARS = ValueRange.of(0, 9_999);
  private static final int MOST_SEARCH_TERMS = 20;

  private QueryValues() {}

  /** The parameter's value, where it makes no sense to give several. */
  static String one(List<String> values) throws InvalidValueException {
    if (values.size() != 1) {
      throw new InvalidValueException("must be given once");
    }
    return values.get(0);
  }

  static Set<CallStatus> statuses(List<String> values) throws InvalidValueException {
    Set<CallStatus> statuses = EnumSet.noneOf(CallStatus.class);
    for (String value : values) {
      statuses.add(Words.find(CallStatus.values(), CallStatus::word, value));
    }
    return statuses;
  }

  static PhoneNumber phoneNumber(List<String> values) throws InvalidValueException {
    String number = one(values);
    // In a query a plus sign that is not written as %2B means a space.
    String withPlus = number.startsWith(" ") ? "+" + number.strip() : number;
    return PhoneNumber.parse(withPlus)
        .orElseThrow(
            () -> new InvalidValueException("must be a number in E.164, such as +14155550100"));
  }

  static Instant instant(List<String> values) throws InvalidValueException {
    try {
      return instant(one(values));
    } catch (DateTimeException e) {
      throw new InvalidValueException("must be a time such as 2026-12-01T18:30:00Z");
    }
  }

  /**
   * Reads an instant that a database can hold.
   *
   * @throws DateTimeException if the text is none, or its year is not one of four digits
   */
  static Instant instant(String text) {
    return storable(Instant.parse(text));
  }

  private static Instant storable(Instant instant) {
    ISO_YEARS.checkValidValue(instant.atOffset(ZoneOffset.UTC).getYear(), ChronoField.YEAR);
    return instant;
  }

  /** Reads a moment, or a day, which begins at midnight in that zone. */
  static Fields.Reader<List<String>, Instant> instantOrDay(ZoneId zone) {
    return values -> {
      LocalDate day;
      try {
        day = LocalDate.parse(one(values));
      } catch (DateTimeParseException e) {
        return instant(values);
      }
      try {
        return storable(day.atStartOfDay(zone).toInstant());
      } catch (DateTimeException e) {
        throw new InvalidValueException("must be a day such as 2026-12-01");
      }
    };
  }

  static ZoneId zone(List<String> values) throws InvalidValueException {
    try {
      return ZoneId.of(one(values));
    } catch (DateTimeException e) {
      throw new InvalidValueException("must be a time zone such as Europe/Paris");
    }
  }

  static String text(List<String> values) throws InvalidValueException {
    return FreeText.read(one(values), FreeText.NAME);
  }

  /** The words to search for, of which there must be one at least. */
  static Set<String> searchTerms(List<String> values) throws InvalidValueException {
    Set<String> terms = SearchTerms.of(text(values));
    if (terms.isEmpty() || terms.size() > MOST_SEARCH_TERMS) {
      throw new InvalidValueException("must hold 1 to %d words".formatted(MOST_SEARCH_TERMS));
    }
    return terms;
  }

  static HistoryOrder historyOrder(List<String> values) throws InvalidValueException {
    return switch (one(values)) {
      case "created_at" -> HistoryOrder.OLDEST_FIRST;
      case "-created_at" -> HistoryOrder.NEWEST_FIRST;
      default -> throw new InvalidValueException("must be created_at or -created_at");
    };
  }

  /** Reads a whole number between those two, both included. */
  static Fields.Reader<List<String>, Long> wholeNumber(long least, long most) {
    return values -> {
      try {
        long number = Long.parseLong(one(values));
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number that is too large.
      }
      throw new InvalidValueException(
          "must be a whole number from %d to %d".formatted(least, most));
    };
  }
}

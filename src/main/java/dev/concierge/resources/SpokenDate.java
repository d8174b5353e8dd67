package dev.concierge.resources;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A day as a person says it: {@code 2026-12-01}, {@code tomorrow}, {@code next friday}.
 *
 * <p>natty reads the words. It also makes a day of words that name none or several, so only phrases
 * of an exact shape are taken from it.
 */
final class SpokenDate {

  private static final String EXPECTED =
      "must be one day, such as 2026-12-01, tomorrow, next friday or december 1";

  private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  /** {@code december 1}, {@code friday, 4 december 2026}. natty counts Sunday as day 1. */
  private static final Pattern DAY_OF_MONTH =
      shape(
          "EXPLICIT_DATE \\(MONTH_OF_YEAR (?<month>\\d+)\\) \\(DAY_OF_MONTH (?<day>\\d+)\\)"
              + "( \\(DAY_OF_WEEK (?<weekday>\\d)\\))?( \\(YEAR_OF (?<year>\\d{4})\\))?");

  /** {@code next friday}. */
  private static final Pattern NEXT_WEEKDAY =
      shape("RELATIVE_DATE \\(SEEK > by_week 1 \\(DAY_OF_WEEK (?<weekday>\\d)\\)\\)");

  /** {@code tomorrow}, {@code in 3 days}, {@code friday}, and a day or week counted from those. */
  private static final Pattern COUNTED =
      shape(
          "RELATIVE_DATE \\(SEEK ([<>] by_\\w+ \\d+ day|> by_day \\d+ \\(DAY_OF_WEEK \\d\\)"
              + "|> by_\\w+ \\d+ \\(RELATIVE_DATE \\(SEEK > by_day \\d+"
              + " (day|\\(DAY_OF_WEEK \\d\\))\\)\\))\\)");

  /** {@code friday}, wherever it stands in the phrase. */
  private static final Pattern BARE_WEEKDAY =
      Pattern.compile(".*by_day 0 \\(DAY_OF_WEEK (?<weekday>\\d)\\).*");

  /** The holidays that are the same day in every country that keeps them. */
  private static final Pattern HOLIDAY =
      shape(
          "RELATIVE_DATE \\(SEEK > by_day 1 ((CHRISTMAS|NEW_YEARS)(_EVE|_DAY)?|VALENTINES_DAY)\\)");

  /** natty makes a Saturday of it. */
  private static final Pattern WEEKEND = Pattern.compile("(?i).*weekend.*");

  private SpokenDate() {}

  private static Pattern shape(String syntax) {
    return Pattern.compile("\\(DATE_TIME_ALTERNATIVE \\(DATE_TIME \\(" + syntax + "\\)\\)\\)");
  }

  /**
   * The one day that the text says.
   *
   * @param now the time at the restaurant
   */
  static LocalDate resolve(String text, LocalDateTime now) throws InvalidValueException {
    if (ISO.matcher(text).matches()) {
      return parseIso(text);
    }
    if (text.chars().noneMatch(Character::isLetter)) {
      throw new InvalidValueException(
          "is read differently in different countries: write 2026-12-01 for the first of December");
    }
    Phrase phrase =
        Phrase.understand(text, now).orElseThrow(() -> new InvalidValueException(EXPECTED));
    if (WEEKEND.matcher(text).matches()) {
      throw new InvalidValueException(EXPECTED);
    }
    return resolve(phrase, now.toLocalDate());
  }

  private static LocalDate resolve(Phrase phrase, LocalDate today) throws InvalidValueException {
    Matcher dayOfMonth = DAY_OF_MONTH.matcher(phrase.syntax());
    if (dayOfMonth.matches()) {
      return dayOfMonth(dayOfMonth, today);
    }
    Matcher nextWeekday = NEXT_WEEKDAY.matcher(phrase.syntax());
    if (nextWeekday.matches()) {
      // natty's weeks begin as the JVM's locale has them; these begin on Monday everywhere.
      return today.plusWeeks(1).with(weekday(nextWeekday));
    }
    LocalDate day = phrase.value().toLocalDate();
    if (HOLIDAY.matcher(phrase.syntax()).matches()) {
      return day;
    }
    if (!COUNTED.matcher(phrase.syntax()).matches()) {
      throw new InvalidValueException(EXPECTED);
    }
    refuseWeekdayOfToday(phrase, today);
    return day;
  }

  /** natty takes the current year where none is said, bends the 30th of February, and more. */
  private static LocalDate dayOfMonth(Matcher said, LocalDate today) throws InvalidValueException {
    try {
      MonthDay monthDay =
          MonthDay.of(Integer.parseInt(said.group("month")), Integer.parseInt(said.group("day")));
      LocalDate day =
          said.group("year") == null
              ? nextOccurrence(monthDay, today)
              : inYear(monthDay, Integer.parseInt(said.group("year")));
      if (said.group("weekday") != null && day.getDayOfWeek() != weekday(said)) {
        throw new InvalidValueException(
            "names two days: %s is a %s".formatted(day, name(day.getDayOfWeek())));
      }
      return day;
    } catch (DateTimeException e) {
      throw new InvalidValueException("must be a day that exists");
    }
  }

  private static LocalDate nextOccurrence(MonthDay monthDay, LocalDate today) {
    int year = today.getYear();
    boolean isGone = monthDay.isBefore(MonthDay.from(today)) || !monthDay.isValidYear(year);
    return inYear(monthDay, isGone ? year + 1 : year);
  }

  private static LocalDate inYear(MonthDay monthDay, int year) {
    return LocalDate.of(year, monthDay.getMonth(), monthDay.getDayOfMonth());
  }

  private static void refuseWeekdayOfToday(Phrase phrase, LocalDate today)
      throws InvalidValueException {
    Matcher weekday = BARE_WEEKDAY.matcher(phrase.syntax());
    if (weekday.matches() && weekday(weekday) == today.getDayOfWeek()) {
      throw new InvalidValueException(
          "may be today or in a week: today is a %s at the restaurant; say today or %s"
              .formatted(name(today.getDayOfWeek()), today.plusWeeks(1)));
    }
  }

  private static DayOfWeek weekday(Matcher said) {
    return DayOfWeek.SUNDAY.plus(Integer.parseInt(said.group("weekday")) - 1L);
  }

  private static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static LocalDate parseIso(String text) throws InvalidValueException {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidValueException("must be a day that exists");
    }
  }
}

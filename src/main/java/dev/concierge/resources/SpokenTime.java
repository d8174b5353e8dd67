package dev.concierge.resources;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time of day as a person says it: {@code 19:00}, {@code 7pm}, {@code noon}. */
final class SpokenTime {

  private static final String EXPECTED = "must be one time of day, such as 19:00, 7:30pm or noon";

  /** Two digits each, so that 7:30, which may be morning or evening, is not among them. */
  private static final Pattern ISO = Pattern.compile("\\d\\d:\\d\\d(:00)?");

  /** One time of day and nothing besides: no day, no zone, no second time. */
  private static final Pattern ONE_TIME =
      Pattern.compile(
          "\\(DATE_TIME_ALTERNATIVE \\(DATE_TIME \\(EXPLICIT_TIME"
              + " \\(HOURS_OF_DAY (?<hour>\\d+)\\) \\(MINUTES_OF_HOUR \\d+\\)"
              + "( \\(SECONDS_OF_MINUTE 0+\\))?(?<half> [ap]m)?\\)\\)\\)");

  /** To natty "evening" is seven o'clock, and "tonight at 7:30" names a day too. */
  private static final Pattern EXACT = Pattern.compile("(?i)(?!.*tonight).*(\\d|\\bnoon\\b).*");

  /** natty wants to know a day; the phrases that are taken do not depend on it. */
  private static final LocalDateTime ANY_DAY = LocalDate.EPOCH.atStartOfDay();

  private SpokenTime() {}

  /** The one time of day that the text says. */
  static LocalTime resolve(String text) throws InvalidValueException {
    if (ISO.matcher(text).matches()) {
      return parseIso(text);
    }
    if (text.chars().noneMatch(Character::isLetter)) {
      throw new InvalidValueException("is not clear: write 07:00 or 19:00, or say 7am or 7pm");
    }
    Phrase phrase =
        Phrase.understand(text, ANY_DAY).orElseThrow(() -> new InvalidValueException(EXPECTED));
    Matcher time = ONE_TIME.matcher(phrase.syntax());
    if (!time.matches() || !EXACT.matcher(text).matches()) {
      throw new InvalidValueException(EXPECTED);
    }
    requireHalfOfDay(Integer.parseInt(time.group("hour")), time.group("half") != null);
    return phrase.value().toLocalTime();
  }

  private static void requireHalfOfDay(int hour, boolean half) throws InvalidValueException {
    boolean onTwelveHourClock = hour >= 1 && hour <= 12;
    if (half && !onTwelveHourClock) {
      throw new InvalidValueException("must be 1 to 12 before am or pm");
    }
    if (!half && onTwelveHourClock) {
      throw new InvalidValueException(
          "does not tell morning from evening: say " + hour + "am or " + hour + "pm");
    }
  }

  private static LocalTime parseIso(String text) throws InvalidValueException {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidValueException("is not a time of day: the last one is 23:59");
    }
  }
}

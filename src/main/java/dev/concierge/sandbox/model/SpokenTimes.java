package dev.concierge.sandbox.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds times of day and days in what a restaurant says. */
final class SpokenTimes {

  /** An hour counts as a time only with minutes, am or pm, o'clock, or a word before it. */
  private static final Pattern TIME =
      Pattern.compile(
          "(?<lead>\\b(?:at|around|about|by|half past|quarter past|quarter to) )?"
              + "(?<!\\d)(?<hour>\\d{1,2})(?!\\d)"
              + "(?:(?::|\\.)(?<minute>[0-5]\\d)| (?<quarter>15|30|45)(?!\\d))?"
              + "(?: ?(?<half>[ap])\\.? ?m\\b| (?<clock>o'?clock))?"
              + "(?! (?:people|guests|persons|minutes))",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern HOURS_OF_OPENING =
      Pattern.compile("\\b(close|closes|until|till|open from|opens|hours)\\b");

  private static final Duration HALF_DAY = Duration.ofHours(12);

  private SpokenTimes() {}

  /**
   * The times in a line, in order.
   *
   * @param near where am or pm is not said, the one nearer to this is meant
   */
  static List<LocalTime> in(String line, LocalTime near) {
    if (HOURS_OF_OPENING.matcher(line).find()) {
      return List.of();
    }
    List<LocalTime> times = new ArrayList<>();
    Matcher said = TIME.matcher(SpokenDigits.fromWords(line));
    while (said.find()) {
      time(said, near).ifPresent(times::add);
    }
    return times;
  }

  /** The days of the week named in a line. */
  static List<DayOfWeek> daysIn(String line) {
    String lower = line.toLowerCase(Locale.ENGLISH);
    return Arrays.stream(DayOfWeek.values()).filter(day -> lower.contains(name(day))).toList();
  }

  private static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ENGLISH);
  }

  private static Optional<LocalTime> time(Matcher said, LocalTime near) {
    String lead = said.group("lead");
    String half = said.group("half");
    String minutes = said.group("minute") == null ? said.group("quarter") : said.group("minute");
    int hour = Integer.parseInt(said.group("hour"));
    boolean told = lead != null || half != null || minutes != null || said.group("clock") != null;
    if (!told || hour > 23) {
      return Optional.empty();
    }
    LocalTime time = LocalTime.of(hour, minutes == null ? 0 : Integer.parseInt(minutes));
    return Optional.of(shift(inHalf(time, half, near), lead));
  }

  private static LocalTime inHalf(LocalTime time, @Nullable String half, LocalTime near) {
    if (time.getHour() > 12 || time.getHour() == 0) {
      return time;
    }
    LocalTime morning = time.withHour(time.getHour() % 12);
    LocalTime evening = morning.plus(HALF_DAY);
    if (half != null) {
      return half.equalsIgnoreCase("a") ? morning : evening;
    }
    boolean nearerToMorning =
        Duration.between(morning, near).abs().compareTo(Duration.between(evening, near).abs()) < 0;
    return nearerToMorning ? morning : evening;
  }

  private static LocalTime shift(LocalTime time, @Nullable String lead) {
    return switch (lead == null ? "" : lead.strip().toLowerCase(Locale.ENGLISH)) {
      case "half past" -> time.plusMinutes(30);
      case "quarter past" -> time.plusMinutes(15);
      case "quarter to" -> time.minusMinutes(15);
      default -> time;
    };
  }
}

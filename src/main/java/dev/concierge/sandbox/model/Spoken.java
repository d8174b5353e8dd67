package dev.concierge.sandbox.model;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the agent says values aloud. */
final class Spoken {

  private static final List<String> NUMBERS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, MMMM d", Locale.ENGLISH);
  private static final DateTimeFormatter FULL_HOUR =
      DateTimeFormatter.ofPattern("h a", Locale.ENGLISH);
  private static final DateTimeFormatter HOUR_AND_MINUTE =
      DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);

  private Spoken() {}

  /** Such as {@code four}; above twelve in digits. */
  static String number(int number) {
    return number < NUMBERS.size() ? NUMBERS.get(number) : Integer.toString(number);
  }

  /** Such as {@code Saturday, November 21}. */
  static String day(LocalDate date) {
    return DAY.format(date);
  }

  /** Such as {@code 7 PM} or {@code 7:30 PM}. */
  static String time(LocalTime time) {
    return (time.getMinute() == 0 ? FULL_HOUR : HOUR_AND_MINUTE).format(time);
  }

  /** One character at a time: {@code 7 3 4 2}, {@code plus 1 4 1 5}. */
  static String characters(String text) {
    return text.chars()
        .filter(c -> c != ' ')
        .mapToObj(c -> c == '+' ? "plus" : Character.toString(c))
        .collect(Collectors.joining(" "));
  }

  /** Letter by letter: {@code D, O, E}. */
  static String spelling(String name) {
    return name.toUpperCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .mapToObj(Character::toString)
        .collect(Collectors.joining(", "));
  }
}

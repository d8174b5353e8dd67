package dev.concierge.sandbox.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds numbers in what a restaurant says, in digits or in words. */
final class SpokenDigits {

  private static final Map<String, String> DIGITS =
      Map.ofEntries(
          Map.entry("zero", "0"),
          Map.entry("oh", "0"),
          Map.entry("one", "1"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"),
          Map.entry("eleven", "11"),
          Map.entry("twelve", "12"),
          Map.entry("fifteen", "15"),
          Map.entry("thirty", "30"),
          Map.entry("forty-five", "45"),
          Map.entry("forty five", "45"));

  private static final Pattern WORD =
      Pattern.compile(
          DIGITS.keySet().stream()
              .sorted((a, b) -> b.length() - a.length())
              .collect(Collectors.joining("|", "\\b(", ")\\b")),
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ANNOUNCED =
      Pattern.compile(
          "\\b(?:confirmation|reference|(?:booking|reservation) (?:number|code)|(?:number|code) is)"
              + "\\b(?<rest>.*)",
          Pattern.CASE_INSENSITIVE);

  /** Digits, a single capital, or a code with a digit in it. */
  private static final Pattern CODE_PART = Pattern.compile("[A-Z]|[A-Za-z]*[0-9][A-Za-z0-9]*");

  /** Shorter ones are parties and hours. */
  private static final int SHORTEST_CODE = 3;

  private SpokenDigits() {}

  /** The same line with number words as digits. */
  static String fromWords(String line) {
    return WORD.matcher(line)
        .replaceAll(word -> DIGITS.getOrDefault(word.group().toLowerCase(Locale.ENGLISH), ""));
  }

  /** The confirmation number that a line announces, without spaces. */
  static Optional<String> confirmationNumber(String line) {
    Matcher announced = ANNOUNCED.matcher(fromWords(line));
    return announced.find() ? code(announced.group("rest")) : Optional.empty();
  }

  /** The first run of digits and single letters, as when somebody spells a code. */
  static Optional<String> code(String text) {
    List<String> parts = Arrays.asList(fromWords(text).split("[\\s,.:;!?-]+"));
    String code =
        parts.stream()
            .dropWhile(part -> !CODE_PART.matcher(part).matches())
            .takeWhile(part -> CODE_PART.matcher(part).matches())
            .collect(Collectors.joining());
    return code.length() < SHORTEST_CODE ? Optional.empty() : Optional.of(code);
  }
}

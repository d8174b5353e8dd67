package dev.concierge.resources;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV (RFC 4180) that are safe to open in a spreadsheet: what a stranger said on the phone
 * cannot become a formula.
 */
final class Csv {

  /** How a cell begins that a spreadsheet would calculate, also in the full width of East Asia. */
  private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final String QUOTED = "\",\r\n";

  private Csv() {}

  /** One line with its end; {@code null} is an empty cell. */
  static String line(List<? extends @Nullable Object> cells) {
    return cells.stream().map(Csv::cell).collect(joining(",", "", "\r\n"));
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    // Spreadsheets take what follows an apostrophe for text.
    String safe = startsAFormula(text) ? "'" + text : text;
    return safe.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0)
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }

  /** Some spreadsheets overlook space before a formula. */
  private static boolean startsAFormula(String text) {
    if (text.isEmpty()) {
      return false;
    }
    String stripped = text.stripLeading();
    return FORMULA.indexOf(text.charAt(0)) >= 0
        || (!stripped.isEmpty() && FORMULA.indexOf(stripped.charAt(0)) >= 0);
  }
}

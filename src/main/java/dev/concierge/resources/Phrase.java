package dev.concierge.resources;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.natty.DateGroup;
import org.natty.Parser;

/**
 * A date or a time in words, as natty understands it.
 *
 * @param syntax natty's syntax tree, by which the caller tells an exact phrase from a vague one
 * @param value what the phrase means
 */
record Phrase(String syntax, LocalDateTime value) {

  /** The longest text that is looked at; natty's effort grows with its length. */
  private static final int LONGEST = 64;

  private static final TimeZone UTC = TimeZone.getTimeZone(ZoneOffset.UTC);

  /** Words that say nothing and that natty passes over. */
  private static final Pattern LEADING = Pattern.compile("(on|a)\\s+", Pattern.CASE_INSENSITIVE);

  /**
   * Reads a phrase relative to a time at the restaurant.
   *
   * @return empty if natty does not understand all of it: by itself it skips what it does not know
   */
  static Optional<Phrase> understand(String text, LocalDateTime now) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    // The restaurant's clock is read as if it were UTC, so that no zone and no change of clocks can
    // come in between.
    Date reference = Date.from(now.toInstant(ZoneOffset.UTC));
    List<DateGroup> groups = new Parser(UTC).parse(text, reference);
    return groups.size() == 1 && coversAll(groups.get(0), text)
        ? Optional.of(of(groups.get(0)))
        : Optional.empty();
  }

  private static boolean coversAll(DateGroup group, String text) {
    return group.getText().equals(text)
        || group.getText().equals(LEADING.matcher(text).replaceFirst(""));
  }

  private static Phrase of(DateGroup group) {
    LocalDateTime value =
        LocalDateTime.ofInstant(group.getDates().get(0).toInstant(), ZoneOffset.UTC);
    return new Phrase(group.getSyntaxTree().toStringTree(), value);
  }
}

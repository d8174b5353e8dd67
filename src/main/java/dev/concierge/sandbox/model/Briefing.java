package dev.concierge.sandbox.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that the mind knows: what it can read in the instructions it was sent. What they do not say
 * it does not know.
 *
 * @param tools the names of the tools it may call
 */
record Briefing(
    @Nullable String restaurant,
    @Nullable Integer partySize,
    @Nullable LocalDate date,
    @Nullable LocalTime time,
    @Nullable LocalTime earliest,
    @Nullable LocalTime latest,
    @Nullable String guestName,
    @Nullable String callbackNumber,
    @Nullable String specialRequests,
    Set<String> tools) {

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern TIME = Pattern.compile("\\b(\\d{2}:\\d{2})\\b");

  Briefing {
    tools = Set.copyOf(tools);
  }

  /** Reads lines such as {@code - Party size: 4}; all other text is passed over. */
  static Briefing read(String instructions, Set<String> tools) {
    LocalTime time = time(line(instructions, "Time"), 0);
    String acceptable = line(instructions, "Acceptable times");
    LocalTime earliest = time(acceptable, 0);
    LocalTime latest = time(acceptable, 1);
    return new Briefing(
        line(instructions, "Restaurant"),
        number(line(instructions, "Party size")),
        date(line(instructions, "Date")),
        time,
        earliest == null ? time : earliest,
        latest == null ? (earliest == null ? time : earliest) : latest,
        line(instructions, "Guest name"),
        line(instructions, "Callback number"),
        line(instructions, "Special requests"),
        tools);
  }

  /** Whether it is known what to ask for. */
  Optional<Request> request() {
    Integer size = partySize;
    LocalDate day = date;
    LocalTime at = time;
    return size == null || day == null || at == null
        ? Optional.empty()
        : Optional.of(new Request(size, day, at));
  }

  boolean accepts(LocalTime offered) {
    return earliest != null
        && latest != null
        && !offered.isBefore(earliest)
        && !offered.isAfter(latest);
  }

  /** The table to ask for. */
  record Request(int partySize, LocalDate date, LocalTime time) {}

  private static @Nullable String line(String instructions, String name) {
    Matcher matcher =
        Pattern.compile("(?m)^- " + Pattern.quote(name) + ":[ \\t]*(\\S.*?)\\s*$")
            .matcher(instructions);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static @Nullable Integer number(@Nullable String text) {
    return text != null && text.matches("\\d{1,4}") ? Integer.valueOf(text) : null;
  }

  private static @Nullable LocalDate date(@Nullable String text) {
    String iso = find(DATE, text, 0);
    try {
      return iso == null ? null : LocalDate.parse(iso);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable LocalTime time(@Nullable String text, int index) {
    String iso = find(TIME, text, index);
    try {
      return iso == null ? null : LocalTime.parse(iso);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable String find(Pattern pattern, @Nullable String text, int index) {
    return text == null
        ? null
        : pattern.matcher(text).results().skip(index).findFirst().map(m -> m.group()).orElse(null);
  }
}

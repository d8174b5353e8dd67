package dev.concierge.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Reservation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The model's instructions: a template whose {@code {{placeholders}}} are filled from a
 * reservation.
 *
 * <p>A line whose placeholder has no value is left out, so the model is never told of a guest
 * "null". What is filled in is not read again for placeholders.
 */
public final class Instructions {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z_]+)}}");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);
  private static final DateTimeFormatter HOURS = DateTimeFormatter.ofPattern("HH:mm");

  private final String template;

  public Instructions(String template) {
    this.template = template;
  }

  /** The instructions that come with Concierge. */
  public static Instructions standard() {
    try (InputStream in = Instructions.class.getResourceAsStream("instructions.md")) {
      return new Instructions(
          new String(
              Objects.requireNonNull(in, "instructions.md is missing").readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The template filled in. */
  public String fill(Reservation reservation) {
    Map<String, @Nullable String> values = values(reservation);
    return template
        .lines()
        .filter(line -> PLACEHOLDER.matcher(line).results().allMatch(p -> has(values, p)))
        .map(line -> PLACEHOLDER.matcher(line).replaceAll(p -> value(values, p)))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static Map<String, @Nullable String> values(Reservation reservation) {
    Map<String, @Nullable String> values = new HashMap<>();
    PhoneNumber callbackNumber = reservation.callbackNumber();
    values.put("restaurant_name", reservation.restaurantName());
    values.put("party_size", String.valueOf(reservation.partySize()));
    values.put("date", DAY.format(reservation.date()) + " (" + reservation.date() + ")");
    values.put(
        "time", TIME.format(reservation.time()) + " (" + HOURS.format(reservation.time()) + ")");
    values.put("acceptable_times", acceptableTimes(reservation));
    values.put("guest_name", reservation.guestName());
    values.put("callback_number", callbackNumber == null ? null : callbackNumber.e164());
    values.put("special_requests", reservation.specialRequests());
    values.put("language", reservation.language());
    return values;
  }

  private static String acceptableTimes(Reservation reservation) {
    AcceptableTimes times = AcceptableTimes.of(reservation);
    LocalTime from = times.from();
    LocalTime to = times.to();
    return from.equals(to)
        ? "exactly " + HOURS.format(from)
        : HOURS.format(from) + " to " + HOURS.format(to);
  }

  private static boolean has(Map<String, @Nullable String> values, MatchResult placeholder) {
    return values.get(placeholder.group(1)) != null;
  }

  private static String value(Map<String, @Nullable String> values, MatchResult placeholder) {
    return Matcher.quoteReplacement(String.valueOf(values.get(placeholder.group(1))));
  }
}

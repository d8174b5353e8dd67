package dev.concierge.twilio;

import jakarta.ws.rs.BadRequestException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form that Twilio posted, as it sent them: decoded once, empty ones kept, none
 * trimmed, since its signature is over exactly these.
 */
record WebhookForm(Map<String, String> fields) {

  /**
   * @throws BadRequestException if it is no form, or names a field twice, which Twilio never does
   *     here and which its signature cannot express
   */
  static WebhookForm parse(String body) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : body.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String name = decode(parts[0]);
      String value = parts.length == 2 ? decode(parts[1]) : "";
      if (!pair.isEmpty() && fields.put(name, value) != null) {
        throw new BadRequestException("the form names a field twice");
      }
    }
    return new WebhookForm(fields);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("the form is not well-formed", e);
    }
  }

  /**
   * @throws BadRequestException naming every one of the fields that is missing or empty
   */
  void require(String... names) {
    List<String> missing = new ArrayList<>(List.of(names));
    missing.removeIf(name -> !fields.getOrDefault(name, "").isEmpty());
    if (!missing.isEmpty()) {
      throw new BadRequestException("missing: " + String.join(", ", missing));
    }
  }

  /** A field that was {@linkplain #require required}. */
  String get(String name) {
    return Optional.ofNullable(fields.get(name)).orElseThrow();
  }

  /**
   * A field that was {@linkplain #require required}, as a number from 0.
   *
   * @throws BadRequestException if it is none
   */
  long number(String name) {
    String text = get(name);
    if (!text.matches("[0-9]{1,18}")) {
      throw new BadRequestException(name + " is not a number");
    }
    return Long.parseLong(text);
  }

  /** The telephone network's final answer; {@code null} where Twilio does not tell one. */
  @Nullable Integer sipCode() {
    String text = fields.getOrDefault("SipResponseCode", "");
    return text.matches("[1-6][0-9]{2}") ? Integer.valueOf(text) : null;
  }

  /** When Twilio says it happened: as RFC 2822 on calls, as ISO 8601 on streams. */
  Optional<Instant> timestamp() {
    String text = fields.get("Timestamp");
    return parsed(text, DateTimeFormatter.RFC_1123_DATE_TIME)
        .or(() -> parsed(text, DateTimeFormatter.ISO_DATE_TIME));
  }

  private static Optional<Instant> parsed(@Nullable String text, DateTimeFormatter format) {
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(ZonedDateTime.parse(text, format).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

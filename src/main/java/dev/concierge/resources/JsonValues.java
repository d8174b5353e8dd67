package dev.concierge.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.call.PhoneNumber;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;

/** Makes values of what JSON holds, and says what would be right where that is not possible. */
final class JsonValues {

  /** RFC 5646 asks for room for at least this many characters. */
  private static final int LONGEST_LANGUAGE = 35;

  /** ISO 639-1: what the callee says is transcribed by these and no others. */
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

  private JsonValues() {}

  static String text(JsonNode value) throws InvalidValueException {
    if (!value.isTextual()) {
      throw new InvalidValueException("must be text");
    }
    return value.textValue();
  }

  /** Text without space around it, such as {@code tomorrow}. */
  static String phrase(JsonNode value) throws InvalidValueException {
    return FreeText.read(text(value), FreeText.NAME);
  }

  static String specialRequests(JsonNode value) throws InvalidValueException {
    return FreeText.read(text(value), FreeText.SPECIAL_REQUESTS);
  }

  /** Reads a whole number between those two, both included. */
  static Fields.Reader<JsonNode, Integer> integer(int least, int most) {
    return value -> {
      boolean fits = value.isIntegralNumber() && value.canConvertToInt();
      if (!fits || value.intValue() < least || value.intValue() > most) {
        throw new InvalidValueException(
            "must be a whole number from %d to %d".formatted(least, most));
      }
      return value.intValue();
    };
  }

  static PhoneNumber phoneNumber(JsonNode value) throws InvalidValueException {
    return PhoneNumber.parse(text(value))
        .orElseThrow(
            () ->
                new InvalidValueException(
                    "must be a number that exists, in E.164 with its country code,"
                        + " such as +14155550100"));
  }

  static ZoneId timeZone(JsonNode value) throws InvalidValueException {
    String name = text(value);
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw new InvalidValueException(
          "must be a name of the IANA time zone database, such as Europe/Paris");
    }
    return ZoneId.of(name);
  }

  static String language(JsonNode value) throws InvalidValueException {
    String tag = text(value);
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      if (LANGUAGES.contains(locale.getLanguage()) && tag.length() <= LONGEST_LANGUAGE) {
        return locale.toLanguageTag();
      }
    } catch (IllformedLocaleException e) {
      // Said below, as for a tag that is well-formed and names no such language.
    }
    throw new InvalidValueException(
        "must be a BCP 47 language tag with an ISO 639-1 language, such as en or fr-CA");
  }
}

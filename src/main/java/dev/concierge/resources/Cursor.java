package dev.concierge.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concierge.call.CallId;
import dev.concierge.ledger.CallHistory.Position;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * A place in a list of calls, as text that clients hand back and do not look into. It belongs to
 * the filter and the order of that list: in another one it would be no place at all.
 */
final class Cursor {

  private static final String SEPARATOR = "/";

  /** Two pages of one list may differ in these. */
  private static final Set<String> OF_THE_PAGE = Set.of("cursor", "limit");

  private Cursor() {}

  static String write(Position position, Map<String, List<String>> parameters) {
    String text =
        String.join(
            SEPARATOR,
            position.createdAt().toString(),
            position.id().value(),
            fingerprint(parameters));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** The place, if the list of these parameters is the one that the cursor belongs to. */
  static Position read(String cursor, Map<String, List<String>> parameters)
      throws InvalidValueException {
    String[] parts = parts(cursor);
    if (!parts[2].equals(fingerprint(parameters))) {
      throw new InvalidValueException(
          "belongs to a list with other filters or another order: begin without it");
    }
    try {
      return new Position(QueryValues.instant(parts[0]), new CallId(parts[1]));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw unreadable();
    }
  }

  private static String[] parts(String cursor) throws InvalidValueException {
    try {
      String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(SEPARATOR);
      if (parts.length == 3) {
        return parts;
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for another number of parts.
    }
    throw unreadable();
  }

  private static InvalidValueException unreadable() {
    return new InvalidValueException("must be the next_cursor of an earlier answer");
  }

  /** Guards against mistakes, not against forgery: any place in a list may be asked for. */
  private static String fingerprint(Map<String, List<String>> parameters) {
    Map<String, List<String>> sorted = new TreeMap<>();
    parameters.forEach((name, values) -> sorted.put(name, values.stream().sorted().toList()));
    sorted.keySet().removeAll(OF_THE_PAGE);
    CRC32 sum = new CRC32();
    sum.update(sorted.toString().getBytes(UTF_8));
    return Long.toHexString(sum.getValue());
  }
}

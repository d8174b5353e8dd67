package dev.concierge.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concierge.call.CallId;
import dev.concierge.ledger.CallHistory.Position;
import java.time.DateTimeException;
import java.util.Base64;

/** A place in the list of calls, as text that clients hand back and do not look into. */
final class Cursor {

  private static final String SEPARATOR = "/";

  private Cursor() {}

  static String write(Position position) {
    String text = position.createdAt() + SEPARATOR + position.id();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  static Position read(String cursor) throws InvalidValueException {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      String[] parts = text.split(SEPARATOR, 2);
      if (parts.length == 2) {
        return new Position(QueryValues.instant(parts[0]), new CallId(parts[1]));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Said below, as for a text of one part.
    }
    throw new InvalidValueException("must be the next_cursor of an earlier answer");
  }
}

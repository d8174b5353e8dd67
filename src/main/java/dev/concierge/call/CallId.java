package dev.concierge.call;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of one call, ours from before the carrier hears of it until the last report.
 *
 * @param value a lower-case UUID, 36 characters
 */
public record CallId(String value) {

  /** The name under which each line of the log has it. */
  public static final String LOG_KEY = "call_id";

  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  public CallId {
    Objects.requireNonNull(value, "value is null");
    if (!UUID_SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a call id");
    }
  }

  /** A name that no other call has. */
  public static CallId random() {
    return new CallId(UUID.randomUUID().toString());
  }

  /** The call id in a text that a stranger may have written, or empty where it is none. */
  public static Optional<CallId> parse(String text) {
    return UUID_SHAPE.matcher(text).matches() ? Optional.of(new CallId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}

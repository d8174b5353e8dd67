package dev.concierge.twilio;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Puts a text message together from the bytes of its parts, and drops one that grows too long,
 * however long it goes on: left to the socket's library, it would end the call.
 *
 * <p>Not thread-safe: one socket owns it.
 */
final class BoundedText {

  private final int limitBytes;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private boolean tooLong;

  BoundedText(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * Adds a part of the current message.
   *
   * @return the message, if this part was its last, with U+FFFD where it is not UTF-8; an empty
   *     text if it was too long; else nothing
   */
  Optional<String> add(byte[] part, boolean last) {
    tooLong |= parts.size() + part.length > limitBytes;
    if (last && parts.size() == 0 && !tooLong) {
      return Optional.of(new String(part, StandardCharsets.UTF_8));
    }
    if (!tooLong) {
      parts.writeBytes(part);
    }
    return last ? Optional.of(take()) : Optional.empty();
  }

  private String take() {
    String message = tooLong ? "" : parts.toString(StandardCharsets.UTF_8);
    parts.reset();
    tooLong = false;
    return message;
  }
}

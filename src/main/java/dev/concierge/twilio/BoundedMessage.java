package dev.concierge.twilio;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Puts a message together from its parts, and drops one that grows too long, however long it goes
 * on: left to the socket's library, it would end the call.
 *
 * <p>Not thread-safe: one socket owns it.
 */
final class BoundedMessage {

  private static final byte[] TOO_LONG = {};

  private final int limitBytes;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private boolean tooLong;

  BoundedMessage(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * Adds a part of the current message.
   *
   * @return the message, if this part was its last; an empty one if it was too long; else nothing
   */
  Optional<byte[]> add(byte[] part, boolean last) {
    tooLong |= parts.size() + part.length > limitBytes;
    if (last && parts.size() == 0 && !tooLong) {
      return Optional.of(part);
    }
    if (!tooLong) {
      parts.writeBytes(part);
    }
    return last ? Optional.of(take()) : Optional.empty();
  }

  private byte[] take() {
    byte[] message = tooLong ? TOO_LONG : parts.toByteArray();
    parts.reset();
    tooLong = false;
    return message;
  }
}

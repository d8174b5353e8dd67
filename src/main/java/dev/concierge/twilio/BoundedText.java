package dev.concierge.twilio;

import java.util.Optional;

/**
 * Puts a text message together from its parts, and drops one that grows too long, however long it
 * goes on: left to the socket's library, it would end the call.
 *
 * <p>Not thread-safe: one socket owns it.
 */
final class BoundedText {

  private final int limitChars;
  private final StringBuilder parts = new StringBuilder();
  private boolean tooLong;

  BoundedText(int limitChars) {
    this.limitChars = limitChars;
  }

  /**
   * Adds a part of the current message.
   *
   * @return the message, if this part was its last; an empty text if it was too long; else nothing
   */
  Optional<String> add(String part, boolean last) {
    tooLong |= parts.length() + part.length() > limitChars;
    if (last && parts.isEmpty() && !tooLong) {
      return Optional.of(part);
    }
    parts.append(tooLong ? "" : part);
    return last ? Optional.of(take()) : Optional.empty();
  }

  private String take() {
    String message = tooLong ? "" : parts.toString();
    parts.setLength(0);
    tooLong = false;
    return message;
  }
}

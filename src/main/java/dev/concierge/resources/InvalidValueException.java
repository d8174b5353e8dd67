package dev.concierge.resources;

/** A value that a client gave cannot be used; the message says what would be right. */
final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidValueException(String message) {
    super(message);
  }

  /** What would be right, to be read after the field's name. */
  String words() {
    return String.valueOf(getMessage());
  }
}

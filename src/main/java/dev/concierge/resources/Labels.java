package dev.concierge.resources;

/** What a client's own labels of a call, its {@code metadata}, may be. */
final class Labels {

  /** The most labels of one call. */
  static final int MOST = 20;

  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_VALUE = 500;

  private Labels() {}

  static String name(String name) throws InvalidValueException {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new InvalidValueException(
          "must have a name of 1 to %d characters".formatted(LONGEST_NAME));
    }
    return FreeText.printable(name);
  }

  /** Any text, also a blank one. */
  static String value(String value) throws InvalidValueException {
    if (value.length() > LONGEST_VALUE) {
      throw new InvalidValueException("must be at most %d characters".formatted(LONGEST_VALUE));
    }
    return FreeText.printable(value);
  }
}

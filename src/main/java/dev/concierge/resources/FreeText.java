package dev.concierge.resources;

import java.util.regex.Pattern;

/**
 * How much a client may say in its own words.
 *
 * <p>The words travel to the conversation as attributes of TwiML {@code <Parameter>} elements, of
 * which Twilio takes less than 500 characters for name and value, and less than 4,000 for the whole
 * document. So their length is counted as it will be in XML.
 */
final class FreeText {

  /** The longest restaurant or guest name, in characters of XML. */
  static final int NAME = 200;

  /** The longest special requests, in characters of XML. */
  static final int SPECIAL_REQUESTS = 460;

  private static final Pattern BREAKS = Pattern.compile("[\\t\\n\\x0B\\f\\r\\x85\\u2028\\u2029]+");

  private FreeText() {}

  /**
   * The text on one line, without space around it.
   *
   * @param longest in characters of XML
   */
  static String read(String said, int longest) throws InvalidValueException {
    String text = printable(BREAKS.matcher(said).replaceAll(" ").strip());
    if (text.isEmpty()) {
      throw new InvalidValueException("must not be blank");
    }
    int length = escapedLength(text);
    if (length > longest) {
      throw new InvalidValueException(
          "must be shorter: at most %d characters as XML, and this is %d"
              .formatted(longest, length));
    }
    return text;
  }

  /** The text as it is, if every character in it is one that can be printed. */
  static String printable(String text) throws InvalidValueException {
    if (!text.codePoints().allMatch(FreeText::isPrintable)) {
      throw new InvalidValueException("must not contain control characters");
    }
    return text;
  }

  /** XML has no way to write the others, and a database may not keep them. */
  private static boolean isPrintable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE
        && (codePoint & 0xFFFE) != 0xFFFE;
  }

  /** How many characters the text takes as an attribute in XML. */
  static int escapedLength(String text) {
    return text.codePoints().map(FreeText::escapedLength).sum();
  }

  private static int escapedLength(int codePoint) {
    return switch (codePoint) {
      case '<', '>' -> "&lt;".length();
      case '&' -> "&amp;".length();
      case '"', '\'' -> "&quot;".length();
      default -> Character.isBmpCodePoint(codePoint) ? 1 : "&#x10FFFF;".length();
    };
  }
}

package dev.concierge.twilio;

import dev.concierge.twilio.MediaMessage.Media;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads the media message, of which every call brings 50 a second, at a quarter of what a JSON
 * parser takes for it, and from its bytes, so that no string is made of the audio.
 *
 * <p>It knows the message only as Twilio documents it: {@code event} first, the rest in any order,
 * texts without escapes, no white space. What looks different it leaves to the parser, so nothing
 * but speed depends on it; only a text that no JSON may contain, such as a line break in a name, it
 * lets pass.
 *
 * <p>Not thread-safe: for one message.
 */
final class MediaScanner {

  private static final byte[] HEAD = bytes("{\"event\":\"media\",");
  private static final byte[] EVENT = bytes("\"event\"");
  private static final byte[] MEDIA = bytes("\"media\"");
  private static final byte[] MEDIA_BEGINS = bytes("\"media\":{");
  private static final byte[] TRACK = bytes("\"track\":");
  private static final byte[] TIMESTAMP = bytes("\"timestamp\":");
  private static final byte[] PAYLOAD = bytes("\"payload\":");

  private final byte[] message;
  private int at;
  private boolean mediaSeen;
  private @Nullable String track;
  private @Nullable String timestamp;
  private byte @Nullable [] payload;

  private MediaScanner(byte[] message) {
    this.message = message;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The message, or nothing if it is another one, or is to be read by the parser.
   *
   * @param utf8 its text
   */
  static @Nullable Media scan(byte[] utf8) {
    MediaScanner scanner = new MediaScanner(utf8);
    return scanner.take(HEAD) && scanner.takeMessage() ? scanner.media() : null;
  }

  private boolean takeMessage() {
    do {
      boolean isMedia = !mediaSeen && take(MEDIA_BEGINS);
      mediaSeen |= isMedia;
      if (isMedia ? !takeMedia() : !takeOther()) {
        return false;
      }
    } while (take(','));
    return take('}') && at == message.length;
  }

  private boolean takeMedia() {
    do {
      if (take(TRACK)) {
        track = text();
      } else if (take(TIMESTAMP)) {
        timestamp = text();
      } else if (take(PAYLOAD)) {
        payload = takeText();
      } else if (!takeOther()) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  /** A name that comes twice is a puzzle for the parser. */
  private boolean takeOther() {
    return !isAt(EVENT) && !isAt(MEDIA) && skipText() && take(':') && skipText();
  }

  private @Nullable String text() {
    byte[] text = takeText();
    return text == null ? null : new String(text, StandardCharsets.UTF_8);
  }

  private byte @Nullable [] takeText() {
    int start = at + 1;
    return skipText() ? Arrays.copyOfRange(message, start, at - 1) : null;
  }

  private boolean skipText() {
    if (!take('"')) {
      return false;
    }
    while (at < message.length && message[at] != '"' && message[at] != '\\') {
      at++;
    }
    return take('"');
  }

  private boolean take(char expected) {
    boolean there = at < message.length && message[at] == expected;
    at += there ? 1 : 0;
    return there;
  }

  private boolean take(byte[] expected) {
    boolean there = isAt(expected);
    at += there ? expected.length : 0;
    return there;
  }

  private boolean isAt(byte[] expected) {
    int end = at + expected.length;
    return end <= message.length && Arrays.equals(message, at, end, expected, 0, expected.length);
  }

  private @Nullable Media media() {
    if (track == null || timestamp == null || payload == null) {
      return null;
    }
    try {
      long timestampMs = Long.parseLong(timestamp);
      return timestampMs < 0
          ? null
          : new Media(track, timestampMs, Base64.getDecoder().decode(payload));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

package dev.concierge.realtime;

import java.nio.ByteBuffer;

/** Writes the frames of a client that sends text (RFC 6455, 5.2 and 5.3). Pure. */
final class MaskedText {

  private static final byte WHOLE_TEXT = (byte) 0x81;
  private static final int MASKED = 0x80;

  /** Lengths that say in how many bytes the length follows. */
  private static final int IN_TWO_BYTES = 126;

  private static final int IN_EIGHT_BYTES = 127;

  private static final int LONGEST_HEAD = 14;

  private MaskedText() {}

  /**
   * A message in one frame.
   *
   * @param key what the text is masked with
   * @param text its parts, UTF-8
   */
  static ByteBuffer frame(int key, byte[]... text) {
    int length = length(text);
    ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + length).put(WHOLE_TEXT);
    if (length < IN_TWO_BYTES) {
      frame.put((byte) (MASKED | length));
    } else if (length <= 0xFFFF) {
      frame.put((byte) (MASKED | IN_TWO_BYTES)).putShort((short) length);
    } else {
      frame.put((byte) (MASKED | IN_EIGHT_BYTES)).putLong(length);
    }
    int start = frame.putInt(key).position();
    for (byte[] part : text) {
      frame.put(part);
    }
    mask(frame.flip(), start, key);
    return frame;
  }

  /** How many bytes a text has. */
  static int length(byte[]... text) {
    int length = 0;
    for (byte[] part : text) {
      length += part.length;
    }
    return length;
  }

  /** Eight bytes at a time while there are as many, as this is done to all that we send. */
  private static void mask(ByteBuffer frame, int start, int key) {
    long twice = Integer.toUnsignedLong(key) << Integer.SIZE | Integer.toUnsignedLong(key);
    int i = start;
    for (; i + Long.BYTES <= frame.limit(); i += Long.BYTES) {
      frame.putLong(i, frame.getLong(i) ^ twice);
    }
    for (; i < frame.limit(); i++) {
      int shift = Byte.SIZE * (3 - (i - start) % Integer.BYTES);
      frame.put(i, (byte) (frame.get(i) ^ key >> shift));
    }
  }
}

package dev.concierge.audio;

/**
 * G.711 μ-law at 8,000 samples a second, one channel, as it is on the telephone line: one byte is
 * one sample, 8 bytes are one millisecond. (ITU-T G.711.)
 */
public final class MuLaw {

  /** Bytes of one second. */
  public static final int BYTES_PER_SECOND = 8_000;

  /** Bytes of one millisecond. */
  public static final int BYTES_PER_MS = 8;

  /** Bytes of the 20 ms frame that telephony counts in. */
  public static final int FRAME_BYTES = 160;

  /** The sample that is no sound. */
  public static final byte SILENCE = (byte) 0xFF;

  private static final int BIAS = 0x84;
  private static final int CLIP = 32_635;

  private MuLaw() {}

  /** How long that many bytes play, rounded down. */
  public static long msOf(long bytes) {
    return bytes / BYTES_PER_MS;
  }

  /** How many bytes play that long. */
  public static long bytesOf(long ms) {
    return ms * BYTES_PER_MS;
  }

  /** The byte for a 16-bit linear sample. */
  public static byte encode(short linear) {
    int sign = linear < 0 ? 0x80 : 0;
    int magnitude = Math.min(Math.abs((int) linear), CLIP) + BIAS;
    int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
    int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
    return (byte) ~(sign | (exponent << 4) | mantissa);
  }

  /** The 16-bit linear sample for a byte. */
  public static short decode(byte mulaw) {
    int bits = ~mulaw & 0xFF;
    int exponent = (bits >> 4) & 0x07;
    int magnitude = ((((bits & 0x0F) << 3) + BIAS) << exponent) - BIAS;
    return (short) ((bits & 0x80) == 0 ? magnitude : -magnitude);
  }
}

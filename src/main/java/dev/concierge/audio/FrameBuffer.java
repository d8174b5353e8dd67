package dev.concierge.audio;

import java.util.Arrays;

/**
 * Re-cuts audio of any sizes into runs of whole frames, so that no piece given to the line ends
 * inside a frame; an incomplete frame is heard as a click.
 *
 * <p>Not thread-safe: one conversation owns it.
 */
public final class FrameBuffer {

  private static final byte[] NOTHING = new byte[0];

  private final int frameBytes;
  private byte[] remainder = NOTHING;

  /**
   * @param frameBytes the size of a frame
   */
  public FrameBuffer(int frameBytes) {
    if (frameBytes < 1) {
      throw new IllegalArgumentException("frameBytes is less than 1");
    }
    this.frameBytes = frameBytes;
  }

  /**
   * Adds audio.
   *
   * @return all the whole frames there are now, in order; empty if there is none
   */
  public byte[] add(byte[] audio) {
    int available = remainder.length + audio.length;
    int whole = available - available % frameBytes;
    if (remainder.length == 0 && whole == audio.length) {
      return audio;
    }
    byte[] joined = Arrays.copyOf(remainder, available);
    System.arraycopy(audio, 0, joined, remainder.length, audio.length);
    remainder = Arrays.copyOfRange(joined, whole, available);
    return Arrays.copyOf(joined, whole);
  }

  /** The incomplete frame that is left when no more audio comes; empty if there is none. */
  public byte[] flush() {
    byte[] rest = remainder;
    remainder = NOTHING;
    return rest;
  }
}

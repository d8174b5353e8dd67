package dev.concierge.audio;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of audio of any sizes into chunks of exactly one size, in order; what does not fill
 * a chunk waits for more, or for {@link #flush}.
 *
 * <p>Not thread-safe: one conversation owns it.
 */
public final class ChunkBuffer {

  private final byte[] pending;
  private int filled;

  /**
   * @param chunkBytes the size of each chunk
   */
  public ChunkBuffer(int chunkBytes) {
    if (chunkBytes < 1) {
      throw new IllegalArgumentException("chunkBytes is less than 1");
    }
    pending = new byte[chunkBytes];
  }

  /** Adds audio and hands out every chunk that it fills. */
  public void add(byte[] audio, Consumer<byte[]> chunks) {
    int taken = 0;
    while (taken < audio.length) {
      int part = Math.min(pending.length - filled, audio.length - taken);
      System.arraycopy(audio, taken, pending, filled, part);
      filled += part;
      taken += part;
      if (filled == pending.length) {
        flush(chunks);
      }
    }
  }

  /** Hands out what waits, if anything does, as one last, shorter chunk. */
  public void flush(Consumer<byte[]> chunks) {
    if (filled > 0) {
      byte[] chunk = Arrays.copyOf(pending, filled);
      filled = 0;
      chunks.accept(chunk);
    }
  }

  public boolean isEmpty() {
    return filled == 0;
  }
}

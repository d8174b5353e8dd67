package dev.concierge.sandbox.carrier;

import dev.concierge.audio.MuLaw;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Plays a recording frame by frame; silence until it is there.
 *
 * <p>Not thread-safe: one call owns it.
 */
final class Playback {

  private static final byte[] SILENT_FRAME = new byte[MuLaw.FRAME_BYTES];

  static {
    Arrays.fill(SILENT_FRAME, MuLaw.SILENCE);
  }

  private final CompletableFuture<byte[]> recording;
  private long silentFrames;
  private int played;

  /**
   * @param recording μ-law in whole frames, which may be in the making
   */
  Playback(CompletableFuture<byte[]> recording) {
    this.recording = recording;
  }

  Playback(byte[] recording) {
    this(CompletableFuture.completedFuture(recording));
  }

  /** Plays silence of that length. */
  Playback(Duration silence) {
    this(new byte[0]);
    silentFrames = silence.toMillis() / Frames.FRAME_MS;
  }

  /** A frame that is no sound; to be read only. */
  static byte[] silentFrame() {
    return SILENT_FRAME;
  }

  /** The next frame; {@code null} when all is played. */
  byte @Nullable [] next() {
    if (silentFrames > 0) {
      silentFrames--;
      return SILENT_FRAME;
    }
    if (!recording.isDone()) {
      return SILENT_FRAME;
    }
    byte[] audio = recording.join();
    if (played == audio.length) {
      return null;
    }
    byte[] frame = Arrays.copyOfRange(audio, played, played + MuLaw.FRAME_BYTES);
    played += MuLaw.FRAME_BYTES;
    return frame;
  }
}

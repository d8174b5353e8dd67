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

  private static final byte[] SILENT_FRAME = Frames.silence(Duration.ofMillis(Frames.FRAME_MS));

  private final CompletableFuture<byte[]> recording;
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

  /** A frame that is no sound; to be read only. */
  static byte[] silentFrame() {
    return SILENT_FRAME;
  }

  /** The next frame; {@code null} when all is played. */
  byte @Nullable [] next() {
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

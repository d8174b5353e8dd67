package dev.concierge.bridge;

import dev.concierge.audio.MuLaw;

/**
 * Where on the line we are: milliseconds since the stream started, as the carrier's timestamps
 * tell. Both sides' turns are placed on it.
 */
final class LineClock {

  /** A smaller gap may be the jitter of whoever writes the timestamps. */
  private static final long SMALLEST_GAP_MS = 100;

  /** A larger step, either way, is no audio lost: the timestamps themselves have jumped. */
  private static final long LARGEST_GAP_MS = 5_000;

  private boolean started;
  private long nowMs;

  /** The audio accounted for: received, or missing and made up for. */
  private long bytes;

  /** Where on the line the first of it lay. */
  private long originMs;

  /** Bytes of the model's audio that it was never given. */
  private long droppedBytes;

  /**
   * How much audio is missing before some that lies at that time, in milliseconds; 0 if none that
   * could be made up for.
   */
  long missingMs(long timestampMs) {
    if (!started) {
      started = true;
      originMs = timestampMs;
    }
    long gapMs = timestampMs - originMs - MuLaw.msOf(bytes);
    if (Math.abs(gapMs) > LARGEST_GAP_MS) {
      originMs += gapMs;
      return 0;
    }
    return gapMs < SMALLEST_GAP_MS ? 0 : gapMs;
  }

  /** Audio was heard, or made up for. */
  void passed(long more) {
    bytes += more;
    nowMs = originMs + MuLaw.msOf(bytes);
  }

  /** Some audio was not kept for the model. */
  void dropped(long more) {
    droppedBytes += more;
  }

  /** Where on the line we are. */
  long nowMs() {
    return nowMs;
  }

  /** Where on the line the model's service heard something, by its own count of its audio. */
  long ofModel(long audioMs) {
    return originMs + MuLaw.msOf(droppedBytes) + audioMs;
  }
}

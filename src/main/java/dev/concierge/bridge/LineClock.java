package dev.concierge.bridge;

import dev.concierge.audio.MuLaw;

/**
 * Where on the line we are: milliseconds since the stream started, as the carrier's timestamps
 * tell. Both sides' turns are placed on it.
 */
final class LineClock {

  private long nowMs;

  void heard(long timestampMs, int bytes) {
    nowMs = Math.max(nowMs, timestampMs + MuLaw.msOf(bytes));
  }

  long nowMs() {
    return nowMs;
  }
}

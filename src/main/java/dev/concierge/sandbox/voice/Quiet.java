package dev.concierge.sandbox.voice;

import dev.concierge.audio.MuLaw;
import java.util.Arrays;

/**
 * The line between sound and quiet. Speaking, registering and hearing all draw it here, so that
 * they trim the same bytes.
 */
final class Quiet {

  private static final boolean[] QUIET = new boolean[256];

  static {
    for (int sample = 0; sample < QUIET.length; sample++) {
      QUIET[sample] = Math.abs((int) MuLaw.decode((byte) sample)) < Ear.QUIET_AMPLITUDE;
    }
  }

  private Quiet() {}

  static boolean is(byte mulaw) {
    return QUIET[mulaw & 0xFF];
  }

  /** The index of the first sound at or after {@code from}; the length where there is none. */
  static int skip(byte[] mulaw, int from) {
    int at = from;
    while (at < mulaw.length && is(mulaw[at])) {
      at++;
    }
    return at;
  }

  /** The index after the last sound; 0 where there is none. */
  static int soundEnd(byte[] mulaw) {
    int end = mulaw.length;
    while (end > 0 && is(mulaw[end - 1])) {
      end--;
    }
    return end;
  }

  /** The audio from its first sound to its last. */
  static byte[] trim(byte[] mulaw) {
    int end = soundEnd(mulaw);
    return Arrays.copyOfRange(mulaw, Math.min(skip(mulaw, 0), end), end);
  }
}

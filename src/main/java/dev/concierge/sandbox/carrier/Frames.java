package dev.concierge.sandbox.carrier;

import dev.concierge.audio.MuLaw;
import java.time.Duration;

/** The beat of the calls, and the tones that nobody speaks, in whole frames. */
final class Frames {

  /** How long a frame plays: the beat of every call. */
  static final int FRAME_MS = (int) MuLaw.msOf(MuLaw.FRAME_BYTES);

  /** The pitch of an answering machine's beep. */
  private static final double BEEP_HZ = 1_000;

  private static final double BEEP_AMPLITUDE = 8_000;

  private Frames() {}

  static byte[] beep(Duration length) {
    byte[] beep = new byte[Math.toIntExact(length.toMillis() / FRAME_MS * MuLaw.FRAME_BYTES)];
    for (int i = 0; i < beep.length; i++) {
      double phase = 2 * Math.PI * BEEP_HZ * i / MuLaw.BYTES_PER_SECOND;
      beep[i] = MuLaw.encode((short) (BEEP_AMPLITUDE * Math.sin(phase)));
    }
    return beep;
  }
}

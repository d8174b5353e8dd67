package dev.concierge.sandbox.voice;

import dev.concierge.audio.MuLaw;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Speaks the lines of agents and hosts as real speech. Everything spoken is in the {@link
 * #phrasebook}, so that the other side can understand it.
 *
 * <p>Thread-safe. A line spoken for the first time takes some 15 ms per second of speech, and half
 * a second before the very first.
 */
public final class Voices {

  /** Lines kept; about 40 KB each. A line is needed for as long as its call plays it. */
  private static final int CAPACITY = 2_000;

  private static final byte[] PAUSE = silence(240 * MuLaw.BYTES_PER_MS);

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");

  private final Phrasebook phrasebook = new Phrasebook(CAPACITY);
  private final Map<Speaker, Synthesiser> synthesisers = new EnumMap<>(Speaker.class);
  private final Map<Line, byte[]> spoken = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Speaks a line.
   *
   * @return μ-law in whole frames of 20 ms, to be read only; a frame of silence for a line that has
   *     no sound
   */
  public synchronized byte[] speak(Speaker speaker, String line) {
    byte[] mulaw = spoken.computeIfAbsent(new Line(speaker, line), this::synthesise);
    phrasebook.learn(line, mulaw);
    if (spoken.size() > CAPACITY) {
      spoken.remove(spoken.keySet().iterator().next());
    }
    return mulaw;
  }

  /** Everything that was spoken here of late. */
  public Phrasebook phrasebook() {
    return phrasebook;
  }

  private byte[] synthesise(Line line) {
    Synthesiser synthesiser = synthesisers.computeIfAbsent(line.speaker(), Synthesiser::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String sentence : SENTENCE_END.splitAsStream(line.text()).toList()) {
      byte[] mulaw = synthesiser.speak(sentence);
      if (out.size() > 0 && mulaw.length > 0) {
        out.writeBytes(PAUSE);
      }
      out.writeBytes(mulaw);
    }
    int frames = Math.max(1, (out.size() + MuLaw.FRAME_BYTES - 1) / MuLaw.FRAME_BYTES);
    out.writeBytes(silence(frames * MuLaw.FRAME_BYTES - out.size()));
    return out.toByteArray();
  }

  private static byte[] silence(int bytes) {
    byte[] silence = new byte[bytes];
    Arrays.fill(silence, MuLaw.SILENCE);
    return silence;
  }

  private record Line(Speaker speaker, String text) {}
}

package dev.concierge.sandbox.voice;

import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import dev.concierge.audio.MuLaw;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * One speaker's voice: FreeTTS's {@code kevin}, who is recorded at the telephone's 8 kHz.
 *
 * <p>Not thread-safe.
 */
final class Synthesiser {

  /** Well below the silence that an {@link Ear} takes for the end of a speech. */
  private static final int LONGEST_PAUSE_BYTES = 320 * MuLaw.BYTES_PER_MS;

  /** It sounds as zero does, but does not survive being decoded and encoded again. */
  private static final byte NEGATIVE_ZERO = 0x7F;

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

  private final PcmRecorder recorder = new PcmRecorder();
  private final Voice voice;

  Synthesiser(Speaker speaker) {
    voice = new KevinVoiceDirectory().getVoices()[0];
    voice.setAudioPlayer(recorder);
    voice.allocate();
    voice.setPitch(speaker.pitchHz());
    voice.setRate(speaker.wordsPerMinute());
  }

  /** One sentence as μ-law from its first sound to its last; empty if it has no sound at all. */
  byte[] speak(String sentence) {
    voice.speak(pronounceable(sentence));
    ShortBuffer pcm = ByteBuffer.wrap(recorder.take()).asShortBuffer();
    byte[] mulaw = new byte[pcm.remaining()];
    for (int i = 0; i < mulaw.length; i++) {
      byte sample = MuLaw.encode(pcm.get(i));
      mulaw[i] = sample == NEGATIVE_ZERO ? MuLaw.SILENCE : sample;
    }
    return shortenPauses(Quiet.trim(mulaw));
  }

  /**
   * Kevin reads English letters only. Accents are dropped; for a letter of another script its name
   * is read, so that two names in it do not sound alike.
   */
  private static String pronounceable(String sentence) {
    StringBuilder plain = new StringBuilder();
    ACCENTS
        .matcher(Normalizer.normalize(sentence, Normalizer.Form.NFKD))
        .replaceAll("")
        .codePoints()
        .forEach(c -> plain.append(c < 128 ? Character.toString(c) : spelled(c)));
    return plain.toString();
  }

  private static String spelled(int codePoint) {
    return Character.isLetterOrDigit(codePoint) ? " " + Character.getName(codePoint) + " " : " ";
  }

  private static byte[] shortenPauses(byte[] mulaw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(mulaw.length);
    int quiet = 0;
    for (byte sample : mulaw) {
      quiet = Quiet.is(sample) ? quiet + 1 : 0;
      if (quiet <= LONGEST_PAUSE_BYTES) {
        out.write(sample);
      }
    }
    return out.toByteArray();
  }
}

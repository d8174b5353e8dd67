package dev.concierge.sandbox.voice;

import dev.concierge.audio.MuLaw;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Listens to one side of a call: notices when somebody begins and stops to speak, and understands
 * what was said by the {@link Phrasebook}.
 *
 * <p>Not thread-safe: one listener owns it.
 */
public final class Ear {

  /**
   * Samples below this, of 32,767, are quiet: room noise, comfort noise or soft music under it is
   * silence to an ear.
   */
  public static final int QUIET_AMPLITUDE = 400;

  /** The silence that ends a speech, as the vendor's server VAD has it by default. */
  public static final int DEFAULT_SILENCE_MS = 500;

  /** So many loud samples are speech and not a click; they come within 20 to 40 ms of it. */
  private static final int SPEECH_SAMPLES = 80;

  /** Longer speech than a minute is followed to its end but not understood. */
  private static final int MAX_SPEECH_BYTES = 60 * MuLaw.BYTES_PER_SECOND;

  private final Phrasebook phrasebook;
  private final long silenceBytes;
  private final ByteArrayOutputStream speech = new ByteArrayOutputStream();
  private long heardBytes;
  private long speechStart;
  private long soundEnd;
  private int loudSamples;

  public Ear(Phrasebook phrasebook) {
    this(phrasebook, DEFAULT_SILENCE_MS);
  }

  /**
   * @param silenceMs how long a silence ends a speech
   */
  public Ear(Phrasebook phrasebook, int silenceMs) {
    this.phrasebook = phrasebook;
    this.silenceBytes = MuLaw.bytesOf(silenceMs);
  }

  /** Listens to more audio, of any length, that follows on what was heard before. */
  public void hear(byte[] mulaw, Consumer<Heard> events) {
    for (byte sample : mulaw) {
      hear(sample, events);
    }
  }

  /** How much it has listened to, in milliseconds. */
  public long heardMs() {
    return MuLaw.msOf(heardBytes);
  }

  private void hear(byte sample, Consumer<Heard> events) {
    if (!Quiet.is(sample)) {
      sound(events);
    }
    heardBytes++;
    if (loudSamples > 0) {
      keep(sample);
      if (heardBytes - soundEnd >= silenceBytes) {
        silence(events);
      }
    }
  }

  private void sound(Consumer<Heard> events) {
    if (loudSamples == 0) {
      speechStart = heardBytes;
    }
    soundEnd = heardBytes + 1;
    loudSamples++;
    if (loudSamples == SPEECH_SAMPLES) {
      events.accept(new Heard.Began(MuLaw.msOf(speechStart)));
    }
  }

  private void keep(byte sample) {
    if (speech.size() <= MAX_SPEECH_BYTES) {
      speech.write(sample);
    }
  }

  private void silence(Consumer<Heard> events) {
    if (loudSamples >= SPEECH_SAMPLES) {
      Recognised said =
          speech.size() > MAX_SPEECH_BYTES
              ? Recognised.NOTHING
              : phrasebook.recognise(speech.toByteArray());
      events.accept(
          new Heard.Ended(
              MuLaw.msOf(speechStart), MuLaw.msOf(soundEnd), said.text(), said.completeness()));
    }
    speech.reset();
    loudSamples = 0;
  }
}

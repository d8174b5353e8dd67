package dev.concierge.sandbox.voice;

import com.sun.speech.freetts.audio.AudioPlayer;
import java.io.ByteArrayOutputStream;
import javax.sound.sampled.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * What FreeTTS takes for a loudspeaker; it keeps the sound instead of playing it, so that no sound
 * card is needed. Not thread-safe.
 */
final class PcmRecorder implements AudioPlayer {

  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private @Nullable AudioFormat format;
  private float volume = 1;

  /** What was recorded since the last time, as 16-bit samples, high byte first. */
  byte[] take() {
    byte[] recorded = pcm.toByteArray();
    pcm.reset();
    return recorded;
  }

  @Override
  public boolean write(byte[] audio) {
    return write(audio, 0, audio.length);
  }

  @Override
  public boolean write(byte[] audio, int offset, int size) {
    pcm.write(audio, offset, size);
    return true;
  }

  @Override
  public void setAudioFormat(AudioFormat format) {
    this.format = format;
  }

  @Override
  public @Nullable AudioFormat getAudioFormat() {
    return format;
  }

  @Override
  public float getVolume() {
    return volume;
  }

  @Override
  public void setVolume(float volume) {
    this.volume = volume;
  }

  @Override
  public boolean end() {
    return true;
  }

  @Override
  public boolean drain() {
    return true;
  }

  @Override
  public long getTime() {
    return 0;
  }

  @Override
  public void begin(int size) {}

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void reset() {}

  @Override
  public void cancel() {}

  @Override
  public void close() {}

  @Override
  public void resetTime() {}

  @Override
  public void startFirstSampleTimer() {}

  @Override
  public void showMetrics() {}
}

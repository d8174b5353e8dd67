package dev.concierge.sandbox.voice;

/** Who is speaking. The two sound different, so the same words have different bytes. */
public enum Speaker {
  AGENT(100, 165),
  HOST(132, 175);

  private final float pitchHz;
  private final float wordsPerMinute;

  Speaker(float pitchHz, float wordsPerMinute) {
    this.pitchHz = pitchHz;
    this.wordsPerMinute = wordsPerMinute;
  }

  float pitchHz() {
    return pitchHz;
  }

  float wordsPerMinute() {
    return wordsPerMinute;
  }
}

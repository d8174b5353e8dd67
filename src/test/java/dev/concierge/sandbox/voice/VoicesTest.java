package dev.concierge.sandbox.voice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.audio.MuLaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoicesTest {

  private static final Voices VOICES = new Voices();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Okay.",
        "Good evening, Demo Restaurant. This is Maria, how may I help you?",
        "It is 7:30 PM, for José & 田中; call (415) 555-0100!"
      })
  void speechIsWholeFramesThatBeginWithSoundAndHoldNoLongSilence(String line) {
    byte[] spoken = VOICES.speak(Speaker.HOST, line);

    assertThat(spoken.length % MuLaw.FRAME_BYTES).isZero();
    assertThat(MuLaw.msOf(spoken.length)).isGreaterThan(30L * line.length());
    assertThat(Quiet.is(spoken[0])).isFalse();
    assertThat(MuLaw.msOf(longestQuiet(spoken))).isLessThan(Ear.DEFAULT_SILENCE_MS - 100);
  }

  @Test
  void theSameLineAlwaysHasTheSameBytesAndEachSpeakerHisOwn() {
    String line = "A table for four, please.";

    assertThat(new Voices().speak(Speaker.AGENT, line))
        .isEqualTo(VOICES.speak(Speaker.AGENT, line))
        .isNotEqualTo(VOICES.speak(Speaker.HOST, line));
  }

  @Test
  void namesInAnotherScriptDoNotSoundAlike() {
    assertThat(VOICES.speak(Speaker.AGENT, "For 田中."))
        .isNotEqualTo(VOICES.speak(Speaker.AGENT, "For 鈴木."));
  }

  @Test
  void aLineWithoutSoundIsOneFrameOfSilence() {
    assertThat(VOICES.speak(Speaker.AGENT, "..."))
        .hasSize(MuLaw.FRAME_BYTES)
        .containsOnly(MuLaw.SILENCE);
  }

  private static int longestQuiet(byte[] spoken) {
    int longest = 0;
    int quiet = 0;
    for (byte sample : spoken) {
      quiet = Quiet.is(sample) ? quiet + 1 : 0;
      longest = Math.max(longest, quiet);
    }
    return longest;
  }
}

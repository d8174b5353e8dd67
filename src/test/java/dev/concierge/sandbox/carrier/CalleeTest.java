package dev.concierge.sandbox.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.audio.MuLaw;
import dev.concierge.sandbox.voice.Ear;
import dev.concierge.sandbox.voice.Heard;
import dev.concierge.sandbox.voice.Speaker;
import dev.concierge.sandbox.voice.Voices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalleeTest {

  private static final Voices VOICES = new Voices();

  private final List<String> keys = new ArrayList<>();
  private final List<Heard> heard = new ArrayList<>();
  private final Ear ear = new Ear(VOICES.phrasebook());

  @Test
  void speaksPressesKeysAndHangsUp() {
    Callee callee = callee("greeting: {pause: 1s, say: Hello., press: '12', hang_up: true}");

    int frames = 0;
    while (!callee.hasHungUp()) {
      ear.hear(callee.speak(keys::add), heard::add);
      frames++;
    }

    assertThat(keys).containsExactly("1", "2");
    assertThat(frames).isEqualTo(50 + VOICES.speak(Speaker.HOST, "Hello.").length / 160 + 1);
  }

  @Test
  void aToneIsSoundForItsLength() {
    Callee callee = callee("greeting: {tone: 0.2s}");

    for (int i = 0; i < 10; i++) {
      assertThat(callee.speak(keys::add)).isNotEqualTo(Playback.silentFrame());
    }
    assertThat(callee.speak(keys::add)).isEqualTo(Playback.silentFrame());
  }

  @Test
  void interruptsTheCallerWhoSpeaksForLong() {
    Callee callee = callee("interrupt: {after: 0.5s, say: Stop.}");
    byte[] line = VOICES.speak(Speaker.AGENT, "I would like to tell you a long, long story.");

    long hostBeganAt = -1;
    for (int at = 0; at < line.length; at += 160) {
      callee.hear(Arrays.copyOfRange(line, at, at + 160));
      ear.hear(callee.speak(keys::add), heard::add);
      if (hostBeganAt < 0 && !heard.isEmpty()) {
        hostBeganAt = MuLaw.msOf(at);
      }
    }

    assertThat(hostBeganAt).isBetween(500L, 1_000L);
  }

  @Test
  void answersTheWordsThatReachItsEar() {
    Callee callee = callee("rules: [{hear: 'how (?<what>[a-z]+)', then: {say: 'Very {what}.'}}]");

    speak(callee, VOICES.speak(Speaker.AGENT, "How old?"));

    assertThat(heard)
        .last()
        .isInstanceOfSatisfying(
            Heard.Ended.class, said -> assertThat(said.text()).isEqualTo("Very old."));
  }

  @Test
  void aLineThatNothingFollowsIsUnderstoodToo() {
    Callee callee = callee("");

    callee.hear(VOICES.speak(Speaker.AGENT, "Goodbye."));
    assertThat(callee.understood()).isEmpty();
    callee.hearSilence();

    assertThat(callee.understood()).containsExactly("Goodbye.");
  }

  private void speak(Callee callee, byte[] line) {
    byte[] withSilence = Arrays.copyOf(line, line.length + 200 * 160);
    Arrays.fill(withSilence, line.length, withSilence.length, MuLaw.SILENCE);
    for (int at = 0; at < withSilence.length; at += 160) {
      callee.hear(Arrays.copyOfRange(withSilence, at, at + 160));
      ear.hear(callee.speak(keys::add), heard::add);
    }
  }

  private static Callee callee(String behaviour) {
    HostScript script =
        HostReader.read(
            "test.yml", "number: '+14155550111'\nname: n\ndescription: d\nrings: 0s\n" + behaviour);
    return new Callee(
        new Host(script, "CA1"), new Ear(VOICES.phrasebook()), new Speech(VOICES, Runnable::run));
  }
}

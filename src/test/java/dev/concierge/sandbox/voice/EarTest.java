package dev.concierge.sandbox.voice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.audio.MuLaw;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EarTest {

  private static final List<String> LINES =
      List.of(
          "Good evening, Demo Restaurant. How may I help you?",
          "Good evening, Demo Restaurant. Please hold.",
          "Okay.",
          "Your confirmation number is 7 3 4 2.",
          "We are full at seven, but I could do seven thirty!");

  private static final Voices VOICES = new Voices();

  static {
    LINES.forEach(line -> VOICES.speak(Speaker.HOST, line));
  }

  @Property(tries = 100)
  void aLineIsUnderstoodHoweverItIsCutAndWhereverItStands(
      @ForAll("lines") String line,
      @ForAll @IntRange(max = 5_000) int before,
      @ForAll @IntRange(min = 1, max = 3_000) int pieceBytes) {
    byte[] spoken = VOICES.speak(Speaker.HOST, line);

    List<Heard> heard = hear(embed(spoken, before), pieceBytes);

    long startMs = MuLaw.msOf(before);
    long endMs = MuLaw.msOf(before + (long) Quiet.soundEnd(spoken));
    assertThat(heard)
        .containsExactly(
            new Heard.Began(startMs), new Heard.Ended(startMs, endMs, line, Completeness.WHOLE));
  }

  @Property(tries = 200)
  void aLineIsNotUnderstoodWholeWhenOneByteIsChangedLostOrSwapped(
      @ForAll("lines") String line,
      @ForAll @IntRange(max = 1_000_000) int where,
      @ForAll @IntRange(max = 2) int harm) {
    byte[] spoken = Quiet.trim(VOICES.speak(Speaker.HOST, line));
    byte[] harmed = harmed(spoken, where % (spoken.length - 1), harm);

    List<Heard> heard = hear(embed(harmed, 800), 160);

    if (!Arrays.equals(spoken, harmed)) {
      assertThat(completeness(heard)).doesNotContain(Completeness.WHOLE);
    }
  }

  @Property(tries = 100)
  void aLineCutShortIsUnderstoodAsFarAsItWent(
      @ForAll("lines") String line, @ForAll @IntRange(min = 20, max = 90) int percent) {
    byte[] spoken = Quiet.trim(VOICES.speak(Speaker.HOST, line));
    byte[] part = Arrays.copyOf(spoken, spoken.length * percent / 100);

    Heard.Ended ended = ended(hear(embed(part, 400), 160));

    assertThat(ended.completeness()).isEqualTo(Completeness.CUT);
    assertThat(line).startsWith(ended.text()).isNotEqualTo(ended.text());
  }

  @Example
  void twoLinesWithAShortPauseAreUnderstoodAsBoth() {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(VOICES.speak(Speaker.HOST, "Okay."));
    both.writeBytes(silence(1_237));
    both.writeBytes(VOICES.speak(Speaker.HOST, "Your confirmation number is 7 3 4 2."));

    Heard.Ended ended = ended(hear(embed(both.toByteArray(), 0), 160));

    assertThat(ended.text()).isEqualTo("Okay. Your confirmation number is 7 3 4 2.");
    assertThat(ended.completeness()).isEqualTo(Completeness.WHOLE);
  }

  @Example
  void speechThatNobodySpokeIsUnintelligible() {
    byte[] spoken = new Voices().speak(Speaker.AGENT, "Nobody knows this line.");

    assertThat(completeness(hear(embed(spoken, 0), 160)))
        .containsExactly(Completeness.UNINTELLIGIBLE);
  }

  @Example
  void speechIsNoticedWithinAFewFramesOfItsBegin() {
    for (String line : LINES) {
      byte[] spoken = VOICES.speak(Speaker.HOST, line);

      assertThat(hear(Arrays.copyOf(spoken, 3 * MuLaw.FRAME_BYTES), 160)).hasSize(1);
    }
  }

  @Example
  void roomNoiseAndClicksAreSilence() {
    byte[] noise = silence(16_000);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = MuLaw.encode((short) ((i % 2 == 0 ? 1 : -1) * (Ear.QUIET_AMPLITUDE - 20)));
    }
    Arrays.fill(noise, 4_000, 4_040, MuLaw.encode((short) 20_000));

    assertThat(hear(noise, 160)).isEmpty();
  }

  @Example
  void aPhrasebookForgetsTheLineThatWasSpokenLongestAgo() {
    Phrasebook phrasebook = new Phrasebook(2);
    for (String line : LINES.subList(0, 3)) {
      phrasebook.learn(line, VOICES.speak(Speaker.HOST, line));
    }

    assertThat(phrasebook.recognise(VOICES.speak(Speaker.HOST, LINES.get(0))).completeness())
        .isEqualTo(Completeness.UNINTELLIGIBLE);
    assertThat(phrasebook.recognise(VOICES.speak(Speaker.HOST, LINES.get(1))).text())
        .isEqualTo(LINES.get(1));
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.of(LINES);
  }

  private static byte[] harmed(byte[] spoken, int at, int harm) {
    byte[] harmed = spoken.clone();
    switch (harm) {
      case 0 -> harmed[at] ^= 1;
      case 1 -> {
        harmed[at] = spoken[at + 1];
        harmed[at + 1] = spoken[at];
      }
      default -> {
        System.arraycopy(spoken, at + 1, harmed, at, spoken.length - at - 1);
        harmed = Arrays.copyOf(harmed, spoken.length - 1);
      }
    }
    return harmed;
  }

  private static byte[] embed(byte[] speech, int before) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(silence(before));
    out.writeBytes(speech);
    out.writeBytes(silence(5_000));
    return out.toByteArray();
  }

  private static byte[] silence(int bytes) {
    byte[] silence = new byte[bytes];
    Arrays.fill(silence, MuLaw.SILENCE);
    return silence;
  }

  private static List<Heard> hear(byte[] audio, int pieceBytes) {
    List<Heard> heard = new ArrayList<>();
    Ear ear = new Ear(VOICES.phrasebook());
    for (int at = 0; at < audio.length; at += pieceBytes) {
      ear.hear(Arrays.copyOfRange(audio, at, Math.min(audio.length, at + pieceBytes)), heard::add);
    }
    return heard;
  }

  private static List<Completeness> completeness(List<Heard> heard) {
    return heard.stream()
        .filter(Heard.Ended.class::isInstance)
        .map(ended -> ((Heard.Ended) ended).completeness())
        .toList();
  }

  private static Heard.Ended ended(List<Heard> heard) {
    return (Heard.Ended) heard.get(heard.size() - 1);
  }
}

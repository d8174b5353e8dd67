package dev.concierge.sandbox.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.audio.MuLaw;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlayoutTest {

  private final Playout playout = new Playout();
  private final List<String> returned = new ArrayList<>();

  @Test
  void playsSilenceWhileThereIsNothing() {
    assertThat(playout.play(returned::add)).hasSize(160).containsOnly(MuLaw.SILENCE);
  }

  @Test
  void aPartOfAFrameIsPlayedAndFilledUpWithSilence() {
    playout.add(audio(100));

    byte[] frame = playout.play(returned::add);

    assertThat(Arrays.copyOf(frame, 100)).isEqualTo(audio(100));
    assertThat(Arrays.copyOfRange(frame, 100, 160)).containsOnly(MuLaw.SILENCE);
  }

  @Test
  void aMarkReturnsWhenEverythingBeforeItIsPlayedAndNotEarlier() {
    playout.add(audio(200));
    playout.mark("a", returned::add);
    playout.add(audio(10));
    playout.mark("b", returned::add);

    playout.play(returned::add);
    assertThat(returned).isEmpty();
    playout.play(returned::add);
    assertThat(returned).containsExactly("a", "b");
  }

  @Test
  void aMarkReturnsAtOnceWhereNothingIsBuffered() {
    playout.mark("a", returned::add);

    assertThat(returned).containsExactly("a");
  }

  @Test
  void clearDropsTheAudioAndGivesBackTheMarksInOrder() {
    playout.add(audio(1_000));
    playout.mark("a", returned::add);
    playout.add(audio(1_000));
    playout.mark("b", returned::add);
    playout.play(returned::add);

    playout.clear(returned::add);

    assertThat(returned).containsExactly("a", "b");
    assertThat(playout.play(returned::add)).containsOnly(MuLaw.SILENCE);
    playout.add(audio(160));
    assertThat(playout.play(returned::add)).isEqualTo(audio(160));
  }

  @Test
  void whatDoesNotFitIntoTenMinutesIsDiscarded() {
    assertThat(playout.add(new byte[(int) Playout.CAPACITY_BYTES])).isTrue();
    assertThat(playout.add(new byte[1])).isFalse();

    playout.play(returned::add);

    assertThat(playout.add(new byte[160])).isTrue();
  }

  @Property
  void allAudioIsPlayedInOrderAndEveryMarkReturnsInItsPlace(
      @ForAll @Size(max = 40) List<@IntRange(min = -1, max = 500) Integer> pieces) {
    Playout line = new Playout();
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    List<Integer> expected = new ArrayList<>();
    List<String> back = new ArrayList<>();
    for (int piece : pieces) {
      if (piece < 0) {
        expected.add(given.size());
        line.mark(Integer.toString(given.size()), back::add);
      } else {
        given.writeBytes(audio(piece));
        line.add(audio(piece));
      }
    }
    ByteArrayOutputStream played = new ByteArrayOutputStream();
    while (played.size() < given.size()) {
      played.writeBytes(line.play(back::add));
      int heard = played.size();
      assertThat(back)
          .hasSize((int) expected.stream().filter(position -> position <= heard).count());
    }
    assertThat(Arrays.copyOf(played.toByteArray(), given.size())).isEqualTo(given.toByteArray());
    assertThat(back).containsExactlyElementsOf(expected.stream().map(String::valueOf).toList());
  }

  private static byte[] audio(int bytes) {
    byte[] audio = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      audio[i] = (byte) (i % 100);
    }
    return audio;
  }
}

package dev.concierge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerAudioTest {

  private final List<byte[]> heard = new ArrayList<>();
  private final CallerAudio audio =
      new CallerAudio(Duration.ofMillis(50), new LineClock(), heard::add);

  private void frameAt(long ms) {
    audio.add(new CallerEvent.Media(ms, new byte[160]), ms);
  }

  private void timePasses(long fromMs, long untilMs) {
    for (long ms = fromMs; ms < untilMs; ms++) {
      if (ms >= audio.deadlineMs()) {
        audio.onTime(ms);
      }
    }
  }

  @Test
  @Behaviour(32)
  void chunksKeepTheirSizeWhileFramesKeepComing() {
    audio.open();
    for (long ms = 0; ms < 2_000; ms += 20) {
      frameAt(ms);
      timePasses(ms, ms + 20);
    }

    assertThat(heard).hasSize(40).allSatisfy(chunk -> assertThat(chunk).hasSize(400));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 30, 50, 60, 80, 90, 100, 120, 500})
  @Behaviour(32)
  void aChunkOfAnySizeIsNotCutShortWhileFramesKeepComing(int chunkMs) {
    var any = new CallerAudio(Duration.ofMillis(chunkMs), new LineClock(), heard::add);
    any.open();
    for (long ms = 0; ms < 3_000; ms++) {
      if (ms % 20 == 0) {
        any.add(new CallerEvent.Media(ms, new byte[160]), ms);
      }
      if (ms >= any.deadlineMs()) {
        any.onTime(ms);
      }
    }

    assertThat(heard).isNotEmpty().allSatisfy(c -> assertThat(c).hasSize(8 * chunkMs));
  }

  @Test
  @Behaviour(32)
  void whatRemainsDoesNotWaitForLong() {
    audio.open();
    frameAt(0);
    timePasses(0, 75);
    assertThat(heard).isEmpty();

    timePasses(75, 80);
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0)).hasSize(160);
  }
}

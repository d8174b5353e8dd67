package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskingKeysTest {

  private static final int KEYS = 400_000;

  /** Of so many random numbers about 19 coincide; bytes that are used twice make thousands. */
  @Test
  void noDrawnBytesAreUsedTwiceWhateverThreadsAsk() {
    MaskingKeys keys = new MaskingKeys();
    Set<Integer> different = ConcurrentHashMap.newKeySet();

    IntStream.range(0, KEYS).parallel().forEach(i -> different.add(keys.nextInt()));

    assertThat(different).hasSizeGreaterThan(KEYS - 200);
  }
}

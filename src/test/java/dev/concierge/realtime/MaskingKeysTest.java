package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskingKeysTest {

  /** Of so many true random numbers one or two coincide; drawn bytes used twice make thousands. */
  @Test
  void noDrawnBytesAreUsedTwice() {
    MaskingKeys keys = new MaskingKeys();

    long different = IntStream.range(0, 10_000).map(i -> keys.nextInt()).distinct().count();

    assertThat(different).isGreaterThan(9_990);
  }
}

package dev.concierge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void eachIsTheLeastValueThatSoManyDoNotExceed() {
    IntStream hundredToOne = IntStream.rangeClosed(1, 100).map(i -> 101 - i);
    assertThat(Percentiles.of(hundredToOne)).isEqualTo(new Percentiles(50, 90, 99));
    assertThat(Percentiles.of(IntStream.of(7))).isEqualTo(new Percentiles(7, 7, 7));
    assertThat(Percentiles.of(IntStream.of(3, 1, 2))).isEqualTo(new Percentiles(2, 3, 3));
  }

  @Test
  void withoutValuesThereAreNone() {
    assertThat(Percentiles.of(IntStream.empty())).isEqualTo(new Percentiles(null, null, null));
  }
}

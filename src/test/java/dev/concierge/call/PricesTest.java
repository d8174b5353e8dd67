package dev.concierge.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concierge.Behaviour;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PricesTest {

  private static Prices prices(String cachedAudio) {
    return new Prices(
        "USD",
        new BigDecimal("4"),
        new BigDecimal("32"),
        new BigDecimal("0.40"),
        new BigDecimal(cachedAudio),
        new BigDecimal("24"),
        new BigDecimal("64"));
  }

  @Test
  @Behaviour(57)
  void eachKindOfTokenHasItsPriceAndACachedOneIsPaidOnce() {
    Usage usage = new Usage(1_000_000, 2_000_000, 400_000, 500_000, 10_000, 20_000);
    // 0.6 x 4 + 1.5 x 32 + 0.4 x 0.40 + 0.5 x 0.80 + 0.01 x 24 + 0.02 x 64
    assertThat(prices("0.80").costOf(usage)).isEqualByComparingTo("52.48");
  }

  @Test
  void aSingleTokenIsNotRoundedAway() {
    assertThat(prices("0.80").costOf(new Usage(0, 0, 0, 0, 1, 0))).isEqualByComparingTo("0.000024");
  }

  @Test
  void aPriceIsNeverNegative() {
    assertThatThrownBy(() -> prices("-1")).isInstanceOf(IllegalArgumentException.class);
  }
}

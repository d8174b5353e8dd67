package dev.concierge.ledger;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The least values that half, nine tenths and 99 hundredths of all values do not exceed; {@code
 * null} where there are none.
 */
public record Percentiles(@Nullable Integer p50, @Nullable Integer p90, @Nullable Integer p99) {

  static Percentiles of(IntStream values) {
    int[] sorted = values.toArray();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? new Percentiles(null, null, null)
        : new Percentiles(rank(sorted, 0.5), rank(sorted, 0.9), rank(sorted, 0.99));
  }

  private static int rank(int[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}

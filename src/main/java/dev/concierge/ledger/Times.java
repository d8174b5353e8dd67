package dev.concierge.ledger;

import java.util.Arrays;

/** Many times in milliseconds, four bytes each. For one thread. */
final class Times {

  private int[] values = new int[16];
  private int size;

  void add(int ms) {
    makeRoom(1);
    values[size++] = ms;
  }

  void add(Times others) {
    makeRoom(others.size);
    System.arraycopy(others.values, 0, values, size, others.size);
    size += others.size;
  }

  private void makeRoom(int more) {
    if (size + more > values.length) {
      values = Arrays.copyOf(values, Math.max(size + more, 2 * values.length));
    }
  }

  Percentiles percentiles() {
    return Percentiles.of(Arrays.stream(values, 0, size));
  }
}

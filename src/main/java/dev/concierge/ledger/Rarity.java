package dev.concierge.ledger;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Tells which of several terms is in the fewest calls, so that a search starts with that one. */
final class Rarity {

  /** Counting further would cost more than it saves. */
  private static final int COUNTED = 1_000;

  private Rarity() {}

  static List<String> rarestFirst(Handle handle, List<String> terms) {
    List<String> sorted = new ArrayList<>(terms);
    if (sorted.size() > 1) {
      Map<String, Integer> calls = new HashMap<>();
      terms.forEach(term -> calls.put(term, count(handle, term)));
      sorted.sort(comparingInt(calls::get));
    }
    return sorted;
  }

  private static int count(Handle handle, String term) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM call_terms WHERE term = :term LIMIT :most) few
            """)
        .bind("term", term)
        .bind("most", COUNTED)
        .mapTo(Integer.class)
        .one();
  }
}

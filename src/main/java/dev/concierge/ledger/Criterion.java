package dev.concierge.ledger;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Something that a call must have, and that an index leads to in the order of the list.
 *
 * @param table {@code calls}, or {@code call_terms}
 * @param values one of these; if there is none, no call can be such
 */
record Criterion(String table, String column, List<String> values) {

  private static final String TERMS = "call_terms";

  /** Counting further would cost more than it saves. */
  private static final int COUNTED = 10_000;

  static Criterion column(String name, List<String> values) {
    return new Criterion("calls", name, values);
  }

  static Criterion term(String term) {
    return new Criterion(TERMS, "term", List.of(term));
  }

  boolean isTerm() {
    return table.equals(TERMS);
  }

  /** How many calls are such, 10,000 at most. */
  int count(Handle handle) {
    if (values.isEmpty()) {
      return 0;
    }
    String names =
        IntStream.range(0, values.size())
            .mapToObj(i -> ":value" + i)
            .collect(Collectors.joining(", "));
    String sql = "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE %s IN (%s) LIMIT %d) few";
    Query query = handle.createQuery(sql.formatted(table, column, names, COUNTED));
    for (int i = 0; i < values.size(); i++) {
      query.bind("value" + i, values.get(i));
    }
    return query.mapTo(Integer.class).one();
  }
}

package dev.concierge.resources;

import dev.concierge.ledger.CallHistory.Position;
import dev.concierge.ledger.HistoryFilter;
import dev.concierge.ledger.HistoryOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which page of which calls a client wants to see.
 *
 * @param after where the page before ended; {@code null} for the first page
 */
record CallQuery(HistoryFilter filter, HistoryOrder order, int limit, @Nullable Position after) {

  private static final long DEFAULT_LIMIT = 50;
  private static final long GREATEST_LIMIT = 200;

  /**
   * Reads the parameters of a query.
   *
   * @throws ProblemException naming every parameter that is wrong or not known
   */
  static CallQuery read(Map<String, List<String>> parameters) {
    Fields<List<String>> fields = new Fields<>(parameters);
    HistoryFilter filter = CallFilter.read(fields);
    HistoryOrder order =
        fields.optional("sort", HistoryOrder.NEWEST_FIRST, QueryValues::historyOrder);
    long limit =
        fields.optional("limit", DEFAULT_LIMIT, QueryValues.wholeNumber(1, GREATEST_LIMIT));
    Position after =
        fields.optional("cursor", value -> Cursor.read(QueryValues.one(value), parameters));
    fields.requireValid(Problem::invalidQuery);
    return new CallQuery(filter, order, (int) limit, after);
  }
}

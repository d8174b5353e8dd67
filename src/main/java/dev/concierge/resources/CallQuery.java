package dev.concierge.resources;

import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome.Result;
import dev.concierge.ledger.CallHistory.Position;
import dev.concierge.ledger.HistoryFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which page of which calls a client wants to see.
 *
 * @param after where the page before ended; {@code null} for the first page
 */
record CallQuery(HistoryFilter filter, int limit, @Nullable Position after) {

  private static final long DEFAULT_LIMIT = 50;
  private static final long GREATEST_LIMIT = 200;

  /**
   * Reads the parameters of a query.
   *
   * @throws ProblemException naming every parameter that is wrong or not known
   */
  static CallQuery read(Map<String, List<String>> parameters) {
    Fields<List<String>> fields = new Fields<>(parameters);
    HistoryFilter filter =
        new HistoryFilter(
            fields.optional("status", Set.of(), QueryValues::statuses),
            fields.optional(
                "outcome", value -> Words.find(Result.values(), Words::of, QueryValues.one(value))),
            fields.optional(
                "ended_reason",
                value -> Words.find(EndedReason.values(), Words::of, QueryValues.one(value))),
            fields.optional("to", QueryValues::phoneNumber),
            fields.optional("restaurant", QueryValues::text),
            fields.optional("created_from", QueryValues::instant),
            fields.optional("created_to", QueryValues::instant));
    long limit =
        fields.optional("limit", DEFAULT_LIMIT, QueryValues.wholeNumber(1, GREATEST_LIMIT));
    Position after = fields.optional("cursor", value -> Cursor.read(QueryValues.one(value)));
    fields.requireValid(Problem::invalidQuery);
    return new CallQuery(filter, (int) limit, after);
  }
}

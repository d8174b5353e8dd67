package dev.concierge.resources;

import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.CallHistory.Page;
import dev.concierge.ledger.CallHistory.Position;
import dev.concierge.ledger.HistoryFilter;
import dev.concierge.ledger.HistoryOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which calls a client wants to have, and how. */
record ExportQuery(HistoryFilter filter, HistoryOrder order, Format format) {

  /** Some megabytes of documents. */
  private static final int CALLS_AT_ONCE = 500;

  /** How a call is written. */
  enum Format {
    CSV("text/csv;charset=utf-8"),
    NDJSON("application/x-ndjson");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }

  /**
   * Reads the parameters of an export.
   *
   * @throws ProblemException naming every parameter that is wrong or not known
   */
  static ExportQuery read(Map<String, List<String>> parameters) {
    Fields<List<String>> fields = new Fields<>(parameters);
    HistoryFilter filter = CallFilter.read(fields);
    HistoryOrder order =
        fields.optional("sort", HistoryOrder.NEWEST_FIRST, QueryValues::historyOrder);
    Format format =
        fields.optional(
            "format",
            Format.CSV,
            value -> Words.find(Format.values(), Words::of, QueryValues.one(value)));
    fields.requireValid(Problem::invalidQuery);
    return new ExportQuery(filter, order, format);
  }

  Page page(CallHistory history, @Nullable Position after) {
    return history.page(filter, order, CALLS_AT_ONCE, after);
  }
}

package dev.concierge.resources;

import dev.concierge.ledger.Grouping;
import dev.concierge.ledger.HistoryFilter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which report a client wants to see. {@code from} and {@code to} are its time here, so the number
 * that was called is {@code to_number}; all else is filtered as in the list of calls.
 *
 * @param grouping {@code null} for the total alone
 * @param zone where dates, hours, days and weeks are meant
 */
record ReportQuery(HistoryFilter filter, @Nullable Grouping grouping, ZoneId zone) {

  /**
   * Reads the parameters of a report.
   *
   * @throws ProblemException naming every parameter that is wrong or not known
   */
  static ReportQuery read(Map<String, List<String>> parameters) {
    Fields<List<String>> fields = new Fields<>(parameters);
    ZoneId zone = fields.optional("tz", ZoneOffset.UTC, QueryValues::zone);
    Instant from = fields.optional("from", QueryValues.instantOrDay(zone));
    Instant to = fields.optional("to", QueryValues.instantOrDay(zone));
    HistoryFilter filter =
        CallFilter.read(fields, fields.optional("to_number", QueryValues::phoneNumber), from, to);
    Grouping grouping =
        fields.optional(
            "group_by", value -> Words.find(Grouping.values(), Words::of, QueryValues.one(value)));
    fields.requireValid(Problem::invalidQuery);
    return new ReportQuery(filter, grouping, zone);
  }
}

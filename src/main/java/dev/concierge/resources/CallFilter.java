package dev.concierge.resources;

import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome.Result;
import dev.concierge.call.PhoneNumber;
import dev.concierge.ledger.HistoryFilter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which calls a client means; lists, exports and reports understand the same parameters. */
final class CallFilter {

  private static final String METADATA = "metadata.";

  private CallFilter() {}

  /** The filter of a list, whose parameters have the names of the fields of a call. */
  static HistoryFilter read(Fields<List<String>> fields) {
    return read(
        fields,
        fields.optional("to", QueryValues::phoneNumber),
        fields.optional("created_from", QueryValues::instant),
        fields.optional("created_to", QueryValues::instant));
  }

  /** The filter whose number and times were read under other names. */
  static HistoryFilter read(
      Fields<List<String>> fields,
      @Nullable PhoneNumber to,
      @Nullable Instant createdFrom,
      @Nullable Instant createdTo) {
    return new HistoryFilter(
        fields.optional("status", Set.of(), QueryValues::statuses),
        fields.optional(
            "outcome", value -> Words.find(Result.values(), Words::of, QueryValues.one(value))),
        fields.optional(
            "ended_reason",
            value -> Words.find(EndedReason.values(), Words::of, QueryValues.one(value))),
        to,
        fields.optional("restaurant", QueryValues::text),
        createdFrom,
        createdTo,
        fields.optional("q", Set.of(), QueryValues::searchTerms),
        metadata(fields));
  }

  private static Map<String, String> metadata(Fields<List<String>> fields) {
    Map<String, String> labels = new HashMap<>();
    for (String parameter : fields.names()) {
      if (parameter.startsWith(METADATA)) {
        String name = parameter.substring(METADATA.length());
        String value = fields.optional(parameter, values -> label(name, values));
        if (value != null) {
          labels.put(name, value);
        }
      }
    }
    if (labels.size() > Labels.MOST) {
      fields.wrong("metadata", "must be at most %d labels".formatted(Labels.MOST));
    }
    return labels;
  }

  private static String label(String name, List<String> values) throws InvalidValueException {
    Labels.name(name);
    return Labels.value(QueryValues.one(values));
  }
}

package dev.concierge.ledger;

import dev.concierge.call.CallStatus;
import dev.concierge.ledger.CallHistory.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link HistoryFilter} as the conditions of a query on {@code calls}, and what they bind. */
final class HistoryConditions {

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> bindings = new HashMap<>();

  HistoryConditions(HistoryFilter filter, @Nullable Position after) {
    statuses(List.copyOf(filter.statuses()));
    if (filter.outcome() != null) {
      add("outcome = :outcome", "outcome", CallRow.word(filter.outcome()));
    }
    if (filter.endedReason() != null) {
      add("ended_reason = :endedReason", "endedReason", CallRow.word(filter.endedReason()));
    }
    if (filter.to() != null) {
      add("to_number = :to", "to", filter.to().e164());
    }
    if (filter.restaurant() != null) {
      String part = CallRow.folded(filter.restaurant());
      add("POSITION(:restaurant IN restaurant_folded) > 0", "restaurant", part);
    }
    if (filter.createdFrom() != null) {
      add("created_at >= :createdFrom", "createdFrom", SqlTime.argument(filter.createdFrom()));
    }
    if (filter.createdTo() != null) {
      add("created_at < :createdTo", "createdTo", SqlTime.argument(filter.createdTo()));
    }
    if (after != null) {
      // The first half alone lets both databases start in the middle of the index.
      String condition = "created_at <= :after AND (created_at < :after OR id < :afterId)";
      add(condition, "after", SqlTime.argument(after.createdAt()));
      bindings.put("afterId", after.id().value());
    }
  }

  private void statuses(List<CallStatus> statuses) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < statuses.size(); i++) {
      names.add(":status" + i);
      bindings.put("status" + i, statuses.get(i).word());
    }
    if (!names.isEmpty()) {
      conditions.add("status IN (" + String.join(", ", names) + ")");
    }
  }

  private void add(String condition, String name, Object value) {
    conditions.add(condition);
    bindings.put(name, value);
  }

  /** The WHERE clause; empty where every call will do. Holds names only, never values. */
  String where() {
    return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
  }

  Map<String, Object> bindings() {
    return bindings;
  }
}

package dev.concierge.ledger;

import static java.util.Comparator.comparingInt;

import dev.concierge.call.CallStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HistoryFilter} in the terms of the tables.
 *
 * @param rarestFirst all that an index leads to
 * @param restaurantPart where too many restaurants bear it for a list of their names
 */
record Criteria(
    List<Criterion> rarestFirst,
    @Nullable String restaurantPart,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo) {

  /** With more names than that, most pages are full before many calls were passed over. */
  private static final int MOST_RESTAURANTS = 50;

  /**
   * Reads a filter.
   *
   * @param handle for a look at how many there are of what
   */
  static Criteria of(Handle handle, HistoryFilter filter) {
    List<Criterion> criteria = new ArrayList<>();
    filter.metadata().forEach((name, value) -> criteria.add(label(name, value)));
    filter.terms().forEach(term -> criteria.add(Criterion.term(term)));
    if (filter.to() != null) {
      criteria.add(Criterion.column("to_number", List.of(filter.to().e164())));
    }
    String restaurantPart = null;
    if (filter.restaurant() != null) {
      String part = CallRow.folded(filter.restaurant());
      List<String> names = restaurants(handle, part);
      if (names.size() <= MOST_RESTAURANTS) {
        criteria.add(Criterion.column("restaurant_folded", names));
      } else {
        restaurantPart = part;
      }
    }
    addWords(filter, criteria);
    return new Criteria(
        rarestFirst(handle, criteria), restaurantPart, filter.createdFrom(), filter.createdTo());
  }

  private static Criterion label(String name, String value) {
    return Criterion.term(SearchTerms.ofLabel(name, value));
  }

  private static void addWords(HistoryFilter filter, List<Criterion> criteria) {
    if (filter.endedReason() != null) {
      String word = CallRow.word(filter.endedReason());
      criteria.add(Criterion.column("ended_reason", List.of(word)));
    }
    if (filter.outcome() != null) {
      criteria.add(Criterion.column("outcome", List.of(CallRow.word(filter.outcome()))));
    }
    if (!filter.statuses().isEmpty()) {
      List<String> words = filter.statuses().stream().map(CallStatus::word).toList();
      criteria.add(Criterion.column("status", words));
    }
  }

  private static List<String> restaurants(Handle handle, String part) {
    return handle
        .createQuery(
            "SELECT folded FROM restaurants WHERE POSITION(:part IN folded) > 0 LIMIT :most")
        .bind("part", part)
        .bind("most", MOST_RESTAURANTS + 1)
        .mapTo(String.class)
        .list();
  }

  private static List<Criterion> rarestFirst(Handle handle, List<Criterion> criteria) {
    if (criteria.size() < 2) {
      return criteria;
    }
    Map<Criterion, Integer> counts = new HashMap<>();
    criteria.forEach(criterion -> counts.put(criterion, criterion.count(handle)));
    return criteria.stream().sorted(comparingInt(counts::get)).toList();
  }

  /** Whether no call can be such. */
  boolean areContradictory() {
    return rarestFirst.stream().anyMatch(criterion -> criterion.values().isEmpty());
  }
}

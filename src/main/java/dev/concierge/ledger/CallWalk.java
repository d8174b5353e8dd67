package dev.concierge.ledger;

import dev.concierge.call.CallStatus;
import dev.concierge.ledger.CallHistory.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of a filter are walked in their order. One condition leads: the index that begins
 * with it goes on in the order of the list, so a walk starts where the page before ended and stops
 * when the page is full. The other conditions only pass calls over. Where the leading condition
 * allows several values, each is walked by itself and the walks are merged.
 *
 * <p>The SQL holds names and numbers of ours only; what a client said is bound.
 */
final class CallWalk {

  /** With more names than that, most pages are full before many calls were passed over. */
  private static final int MOST_RESTAURANTS = 50;

  private final HistoryOrder order;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> bindings = new HashMap<>();
  private final Lead lead;
  private final List<String> leadValues;
  private final boolean empty;

  /** A column that must have one of the values. */
  private record Condition(String column, List<?> values) {}

  /**
   * What leads.
   *
   * @param column {@code null} for all calls in their order
   */
  private record Lead(
      String table, @Nullable String column, List<?> values, String createdAt, String id) {

    static Lead of(Condition condition) {
      return new Lead("calls c", condition.column, condition.values, "c.created_at", "c.id");
    }

    static Lead of(String term) {
      String table = "call_terms t JOIN calls c ON c.id = CAST(t.call_id AS VARCHAR)";
      return new Lead(table, "t.term", List.of(term), "t.created_at", "t.call_id");
    }

    static Lead all() {
      return new Lead("calls c", null, List.of(), "c.created_at", "c.id");
    }

    Object id(Position position) {
      String id = position.id().value();
      return this.id.equals("t.call_id") ? UUID.fromString(id) : id;
    }
  }

  /**
   * Plans a walk.
   *
   * @param handle for a look at what there is; it is not kept
   */
  CallWalk(Handle handle, HistoryFilter filter, HistoryOrder order) {
    this.order = order;
    List<String> terms = Rarity.rarestFirst(handle, terms(filter));
    List<Condition> columns = columns(handle, filter);
    empty = columns.stream().anyMatch(condition -> condition.values.isEmpty());
    if (!terms.isEmpty()) {
      lead = Lead.of(terms.get(0));
      terms.subList(1, terms.size()).forEach(this::alsoTerm);
    } else if (!columns.isEmpty()) {
      lead = Lead.of(columns.remove(0));
    } else {
      lead = Lead.all();
    }
    leadValues = lead.values.stream().map(this::bound).toList();
    columns.forEach(
        condition -> conditions.add(condition.column + " IN (" + bound(condition.values) + ")"));
    if (filter.createdFrom() != null) {
      conditions.add(lead.createdAt + " >= " + bound(SqlTime.argument(filter.createdFrom())));
    }
    if (filter.createdTo() != null) {
      conditions.add(lead.createdAt + " < " + bound(SqlTime.argument(filter.createdTo())));
    }
  }

  private static List<String> terms(HistoryFilter filter) {
    List<String> terms = new ArrayList<>(filter.terms());
    filter.metadata().forEach((name, value) -> terms.add(SearchTerms.ofLabel(name, value)));
    return terms;
  }

  /** The conditions on columns with an index, the one that likely leaves the fewest calls first. */
  private List<Condition> columns(Handle handle, HistoryFilter filter) {
    List<Condition> columns = new ArrayList<>();
    if (filter.to() != null) {
      columns.add(new Condition("c.to_number", List.of(filter.to().e164())));
    }
    if (filter.restaurant() != null) {
      String part = CallRow.folded(filter.restaurant());
      List<String> names = restaurants(handle, part);
      if (names.size() <= MOST_RESTAURANTS) {
        columns.add(new Condition("c.restaurant_folded", names));
      } else {
        conditions.add("POSITION(" + bound(part) + " IN c.restaurant_folded) > 0");
      }
    }
    if (filter.endedReason() != null) {
      columns.add(new Condition("c.ended_reason", List.of(CallRow.word(filter.endedReason()))));
    }
    if (filter.outcome() != null) {
      columns.add(new Condition("c.outcome", List.of(CallRow.word(filter.outcome()))));
    }
    if (!filter.statuses().isEmpty()) {
      List<String> words = filter.statuses().stream().map(CallStatus::word).toList();
      columns.add(new Condition("c.status", words));
    }
    return columns;
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

  private void alsoTerm(String term) {
    conditions.add(
        """
        EXISTS (SELECT 1 FROM call_terms o
            WHERE o.term = %s AND o.created_at = t.created_at AND o.call_id = t.call_id)\
        """
            .formatted(bound(term)));
  }

  private String bound(List<?> values) {
    return values.stream().map(this::bound).collect(Collectors.joining(", "));
  }

  private String bound(Object value) {
    String name = "value" + bindings.size();
    bindings.put(name, value);
    return ":" + name;
  }

  /** Whether it is known without a walk that there is no such call. */
  boolean isEmpty() {
    return empty;
  }

  /**
   * The SELECT of a stretch of the walk, as a table of {@code id}, {@code created_at} and more.
   *
   * @param columns more columns of {@code calls c}, with a comma before each
   * @param after where the stretch before ended; {@code null} to begin
   * @param limit the most rows
   */
  String sql(String columns, @Nullable Position after, int limit) {
    List<String> all = new ArrayList<>(conditions);
    if (after != null) {
      all.add(beyond());
    }
    if (leadValues.isEmpty()) {
      return walk(columns, all, null, limit);
    }
    List<String> walks =
        leadValues.stream().map(value -> walk(columns, all, value, limit)).toList();
    if (walks.size() == 1) {
      return walks.get(0);
    }
    return "SELECT * FROM (("
        + String.join(") UNION ALL (", walks)
        + ")) walks "
        + inOrder("created_at", "id")
        + " LIMIT "
        + limit;
  }

  private String walk(String columns, List<String> conditions, @Nullable String value, int limit) {
    List<String> all = new ArrayList<>(conditions);
    if (value != null) {
      all.add(lead.column + " = " + value);
    }
    return "SELECT c.id, c.created_at"
        + columns
        + " FROM "
        + lead.table
        + (all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all))
        + (value == null ? inOrder(lead.createdAt, lead.id) : inOrder(lead.column, lead))
        + " LIMIT "
        + limit;
  }

  /** The leading column has one value: naming it leads H2 to the index. */
  private String inOrder(@Nullable String column, Lead lead) {
    String direction = order == HistoryOrder.NEWEST_FIRST ? " ASC, " : " DESC, ";
    return inOrder(column + direction + lead.createdAt, lead.id);
  }

  /** The ORDER BY of the list. */
  String inOrder(String createdAt, String id) {
    String direction = order == HistoryOrder.NEWEST_FIRST ? " DESC" : " ASC";
    return " ORDER BY " + createdAt + direction + ", " + id + direction;
  }

  private String beyond() {
    String than = order == HistoryOrder.NEWEST_FIRST ? "<" : ">";
    // The first half alone lets both databases start in the middle of the index.
    return "%s %s= :after AND (%s %s :after OR %s %s :afterId)"
        .formatted(lead.createdAt, than, lead.createdAt, than, lead.id, than);
  }

  /** Binds what the SQL of a stretch speaks of. */
  Query bind(Query query, @Nullable Position after) {
    if (after != null) {
      query.bind("after", SqlTime.argument(after.createdAt())).bind("afterId", lead.id(after));
    }
    return query.bindMap(bindings);
  }
}

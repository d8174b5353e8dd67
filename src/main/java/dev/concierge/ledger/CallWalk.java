package dev.concierge.ledger;

import static java.util.stream.Collectors.joining;

import dev.concierge.ledger.CallHistory.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
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

  /**
   * In seconds. A page or a stretch of a report takes milliseconds; only a bad plan takes longer.
   */
  static final int LONGEST_QUERY_S = 20;

  private final HistoryOrder order;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> bindings = new HashMap<>();
  private final Lead lead;
  private final List<String> leadValues;
  private final boolean empty;

  /**
   * What leads.
   *
   * @param column {@code null} for all calls in their order
   */
  private record Lead(
      String table, @Nullable String column, List<String> values, String createdAt, String id) {

    static Lead of(List<Criterion> rarestFirst) {
      if (rarestFirst.isEmpty()) {
        return new Lead("calls c", null, List.of(), "c.created_at", "c.id");
      }
      Criterion first = rarestFirst.get(0);
      if (first.isTerm()) {
        String table = "call_terms t JOIN calls c ON c.id = CAST(t.call_id AS VARCHAR)";
        return new Lead(table, "t.term", first.values(), "t.created_at", "t.call_id");
      }
      String column = "c." + first.column();
      return new Lead("calls c", column, first.values(), "c.created_at", "c.id");
    }

    Object id(Position position) {
      String id = position.id().value();
      return this.id.equals("t.call_id") ? UUID.fromString(id) : id;
    }
  }

  /**
   * Plans a walk.
   *
   * @param handle for a look at what there is; it is not kept. None of its queries may take longer
   *     than {@link #LONGEST_QUERY_S} from now on.
   */
  CallWalk(Handle handle, HistoryFilter filter, HistoryOrder order) {
    this.order = order;
    handle.getConfig(SqlStatements.class).setQueryTimeout(LONGEST_QUERY_S);
    Criteria criteria = Criteria.of(handle, filter);
    empty = criteria.areContradictory();
    lead = Lead.of(criteria.rarestFirst());
    leadValues = lead.values.stream().map(this::bound).toList();
    criteria.rarestFirst().stream().skip(1).forEach(this::add);
    if (criteria.restaurantPart() != null) {
      String part = bound(criteria.restaurantPart());
      conditions.add("POSITION(" + part + " IN c.restaurant_folded) > 0");
    }
    if (criteria.createdFrom() != null) {
      conditions.add(lead.createdAt + " >= " + bound(SqlTime.argument(criteria.createdFrom())));
    }
    if (criteria.createdTo() != null) {
      conditions.add(lead.createdAt + " < " + bound(SqlTime.argument(criteria.createdTo())));
    }
  }

  private void add(Criterion criterion) {
    String values = criterion.values().stream().map(this::bound).collect(joining(", "));
    conditions.add(
        criterion.isTerm()
            ? "EXISTS (SELECT 1 FROM call_terms o WHERE o.term = %s AND o.created_at = %s"
                    .formatted(values, lead.createdAt)
                + " AND o.call_id = CAST(%s AS UUID))".formatted(lead.id)
            : "c.%s IN (%s)".formatted(criterion.column(), values));
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

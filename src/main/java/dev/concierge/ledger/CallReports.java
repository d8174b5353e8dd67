package dev.concierge.ledger;

import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import dev.concierge.call.CallId;
import dev.concierge.ledger.CallHistory.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a filter. It walks the very calls that {@link CallHistory} would list and
 * adds them up here, so the sums agree with the list, time zones are those of {@code java.time},
 * and both databases do the same. Every method may be called from any thread and blocks.
 */
public final class CallReports {

  /** H2 keeps a result of that size in memory even in a small heap. */
  private static final int ROWS_AT_ONCE = 10_000;

  /** More lines than anybody reads; each costs memory. */
  private static final int MOST_GROUPS = 10_000;

  private final Jdbi jdbi;

  public CallReports(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A report.
   *
   * @param groups by time the earliest first, otherwise those with the most calls; empty if nothing
   *     was grouped
   */
  public record Summary(CallTotals total, List<Group> groups) {
    public Summary {
      Objects.requireNonNull(total, "total is null");
      groups = List.copyOf(groups);
    }
  }

  /**
   * Calls that have something in common.
   *
   * @param name what they have in common; {@code null} for those without a value
   */
  public record Group(@Nullable String name, CallTotals totals) {
    public Group {
      Objects.requireNonNull(totals, "totals is null");
    }
  }

  /**
   * Counts calls as they are at one moment.
   *
   * @param grouping {@code null} for the total alone
   * @param zone where hours, days and weeks are meant
   * @throws TooManyGroupsException for more than 10,000 groups
   */
  public Summary summary(HistoryFilter filter, @Nullable Grouping grouping, ZoneId zone) {
    Counting counting = new Counting(grouping, zone);
    jdbi.useTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          CallWalk walk = new CallWalk(handle, filter, HistoryOrder.OLDEST_FIRST);
          Position after = null;
          boolean more = !walk.isEmpty();
          while (more) {
            after = counting.count(handle, walk, after);
            more = after != null;
          }
        });
    return counting.summary();
  }

  /** One report while it is made. */
  private static final class Counting {

    private final @Nullable Grouping grouping;
    private final ZoneId zone;
    private final Map<@Nullable String, Tally> groups = new LinkedHashMap<>();

    Counting(@Nullable Grouping grouping, ZoneId zone) {
      this.grouping = grouping;
      this.zone = zone;
    }

    /** Counts one stretch; returns where it ended, or {@code null} if there is no more. */
    @Nullable Position count(Handle handle, CallWalk walk, @Nullable Position after) {
      String columns = Tally.COLUMNS + (grouping == null ? "" : grouping.columns());
      return walk.bind(handle.createQuery(walk.sql(columns, after, ROWS_AT_ONCE)), after)
          .scanResultSet((rows, context) -> count(rows.get()));
    }

    private @Nullable Position count(ResultSet rows) throws SQLException {
      int counted = 0;
      Position last = null;
      while (rows.next()) {
        tally(grouping == null ? null : grouping.groupOf(rows, zone)).add(rows);
        if (++counted == ROWS_AT_ONCE) {
          last = new Position(SqlTime.read(rows, "created_at"), new CallId(rows.getString("id")));
        }
      }
      return last;
    }

    private Tally tally(@Nullable String group) {
      Tally tally = groups.computeIfAbsent(group, name -> new Tally());
      if (groups.size() > MOST_GROUPS) {
        throw new TooManyGroupsException(MOST_GROUPS);
      }
      return tally;
    }

    Summary summary() {
      Tally total = new Tally();
      groups.values().forEach(total::add);
      return new Summary(total.totals(), grouping == null ? List.of() : inOrder(grouping));
    }

    private List<Group> inOrder(Grouping grouping) {
      List<Group> all = new ArrayList<>();
      groups.forEach((name, tally) -> all.add(new Group(name, tally.totals())));
      if (!grouping.isByTime()) {
        all.sort(
            comparingLong((Group group) -> -group.totals().calls())
                .thenComparing(Group::name, nullsLast(naturalOrder())));
      }
      return all;
    }
  }
}

package dev.concierge.ledger;

import static java.util.Comparator.comparingLong;

import dev.concierge.call.Call;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads what the ledger holds. Every method may be called from any thread and blocks. */
public final class CallHistory {

  /** Far more than is said in the longest call. */
  private static final int MOST_TURNS = 10_000;

  private final Jdbi jdbi;

  public CallHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The call as all its facts make it. */
  public Optional<Call> find(CallId id) {
    return jdbi.withHandle(handle -> CallRow.find(handle, id));
  }

  /**
   * One page of calls. Following {@code next} shows every call that was there when the first page
   * was read once, however many are added meanwhile.
   *
   * @param limit the most calls on the page, 1 or more
   * @param after where the page before ended; {@code null} for the first page
   */
  public Page page(HistoryFilter filter, HistoryOrder order, int limit, @Nullable Position after) {
    List<Call> calls = jdbi.withHandle(handle -> calls(handle, filter, order, limit + 1, after));
    if (calls.size() <= limit) {
      return new Page(calls, null);
    }
    Call last = calls.get(limit - 1);
    return new Page(calls.subList(0, limit), new Position(last.createdAt(), last.id()));
  }

  private static List<Call> calls(
      Handle handle,
      HistoryFilter filter,
      HistoryOrder order,
      int limit,
      @Nullable Position after) {
    CallWalk walk = new CallWalk(handle, filter, order);
    if (walk.isEmpty()) {
      return List.of();
    }
    // The documents are read last, for the calls on the page only.
    String sql = "SELECT d.id, d.document FROM (%s) page JOIN calls d ON d.id = page.id %s";
    String page = walk.sql("", after, limit);
    String inOrder = walk.inOrder("page.created_at", "page.id");
    return walk.bind(handle.createQuery(sql.formatted(page, inOrder)), after)
        .map((row, context) -> CallReader.read(handle, row))
        .list();
  }

  /** How many calls are in each status that is not terminal, also in those that none is in. */
  public Map<CallStatus, Long> countLive() {
    Map<CallStatus, Long> counts = new EnumMap<>(CallStatus.class);
    for (CallStatus status : CallStatus.values()) {
      if (!status.isTerminal()) {
        counts.put(status, 0L);
      }
    }
    List<String> words = counts.keySet().stream().map(CallStatus::word).toList();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT status, COUNT(*) FROM calls WHERE status IN (<words>) GROUP BY status")
                .bindList("words", words)
                .setQueryTimeout(CallWalk.LONGEST_QUERY_S)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(
                    count ->
                        counts.put(
                            CallStatus.ofWord(count.getKey()).orElseThrow(), count.getValue())));
    return counts;
  }

  /**
   * What the ledger was told about one call, in the order it was told. The positions of a call only
   * grow, so asking again after the last one seen misses nothing.
   *
   * @param afterPosition 0 for the beginning
   */
  public List<StoredFact> facts(CallId id, long afterPosition, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, call_id, source, sequence, at, recorded_at, body FROM facts
                    WHERE call_id = :callId AND id > :after
                    ORDER BY id
                    LIMIT :limit
                    """)
                .bind("callId", id.value())
                .bind("after", afterPosition)
                .bind("limit", limit)
                .map((row, context) -> storedFact(row))
                .list());
  }

  private static StoredFact storedFact(ResultSet row) throws SQLException {
    return new StoredFact(row.getLong("id"), SqlTime.read(row, "recorded_at"), FactRow.entry(row));
  }

  /** What was said, in spoken order, which is not always the order in which it became known. */
  public List<Turn> transcript(CallId id) {
    return jdbi
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT body FROM facts
                        WHERE call_id = :callId AND kind = 'turn_spoken'
                        ORDER BY id
                        LIMIT :limit
                        """)
                    .bind("callId", id.value())
                    .bind("limit", MOST_TURNS)
                    .mapTo(String.class)
                    .map(body -> CallJson.read(body, TurnSpoken.class).turn())
                    .list())
        .stream()
        .sorted(comparingLong(Turn::startedMs))
        .toList();
  }

  /**
   * One page of calls.
   *
   * @param next where it ended; {@code null} if there were no more
   */
  public record Page(List<Call> calls, @Nullable Position next) {
    public Page {
      calls = List.copyOf(calls);
    }
  }

  /** A place between two calls in the list. */
  public record Position(Instant createdAt, CallId id) {
    public Position {
      Objects.requireNonNull(createdAt, "createdAt is null");
      Objects.requireNonNull(id, "id is null");
    }
  }

  /**
   * A fact as the ledger keeps it.
   *
   * @param position its place in the ledger; not dense
   * @param recordedAt when the ledger was told
   */
  public record StoredFact(long position, Instant recordedAt, LedgerEntry entry) {
    public StoredFact {
      Objects.requireNonNull(recordedAt, "recordedAt is null");
      Objects.requireNonNull(entry, "entry is null");
    }
  }
}

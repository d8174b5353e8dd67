package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads what the ledger holds. Every method may be called from any thread and blocks. */
@SuppressWarnings("DoNotCallSuggester")
public final class CallHistory {

  private final Jdbi jdbi;

  public CallHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The call as all its facts make it. */
  public Optional<Call> find(CallId id) {
    throw new UnsupportedOperationException(jdbi.toString());
  }

  /**
   * Calls, the newest first. Following {@code next} shows every call once, however many are added
   * meanwhile.
   *
   * @param limit the most calls on the page, 1 or more
   * @param after where the page before ended; {@code null} for the first page
   */
  public Page page(HistoryFilter filter, int limit, @Nullable Position after) {
    throw new UnsupportedOperationException();
  }

  /**
   * What the ledger was told about one call, in the order it was told. The positions of a call only
   * grow, so asking again after the last one seen misses nothing.
   *
   * @param afterPosition 0 for the beginning
   */
  public List<StoredFact> facts(CallId id, long afterPosition, int limit) {
    throw new UnsupportedOperationException();
  }

  /** What was said, in spoken order, which is not always the order in which it became known. */
  public List<Turn> transcript(CallId id) {
    throw new UnsupportedOperationException();
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

package dev.concierge.ledger;

import dev.concierge.call.CallLedger.Append;
import dev.concierge.call.LedgerEntry;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Has facts that are told at the same time share a transaction, because that costs far more than a
 * fact. While one thread writes, the others gather; then the first of them writes for all who wait.
 * Whoever comes alone writes at once.
 *
 * <p>Has no thread of its own: those who wait are the threads that call. A transaction that hangs
 * does not hold them up: after a while one of them writes beside it. They wait no longer for their
 * turn than for a connection. Safe for use by many threads; blocks.
 */
final class GroupCommit {

  /** Keeps a transaction, and the statements in it, from growing without end. */
  private static final int MOST = 100;

  /** How many may write beside each other, each over a connection of its own. */
  private static final int WRITERS = 4;

  /** Longer than a transaction takes; two at a time would only be in each other's way. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofMillis(100);

  /** As long as the pool lets a thread wait for a connection. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /**
   * An entry that has to be written.
   *
   * @param next what the thread that waits for it has to do next
   */
  private record Waiting(LedgerEntry entry, CompletableFuture<Supplier<Append>> next) {}

  private final Function<List<LedgerEntry>, List<Append>> transaction;
  private final int writers;
  private final Duration longestTransaction;
  private final Duration longestWait;
  // Guarded by this object's lock.
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private int writing;

  /**
   * @param transaction writes all entries or none, and says what became of each
   */
  GroupCommit(Function<List<LedgerEntry>, List<Append>> transaction) {
    this(transaction, WRITERS, LONGEST_TRANSACTION, LONGEST_WAIT);
  }

  /**
   * @param writers how many may write at a time
   * @param longestTransaction how long one waits for another before it writes beside it
   * @param longestWait how long one waits for its turn at most
   */
  GroupCommit(
      Function<List<LedgerEntry>, List<Append>> transaction,
      int writers,
      Duration longestTransaction,
      Duration longestWait) {
    this.transaction = transaction;
    this.writers = writers;
    this.longestTransaction = longestTransaction;
    this.longestWait = longestWait;
  }

  /**
   * Returns when the entry is written. Throws what the transaction threw; another's entry is no
   * reason for that.
   *
   * @throws ConnectionException if the others take so long that it was not even tried
   */
  Append append(LedgerEntry entry) {
    Waiting mine = new Waiting(entry, new CompletableFuture<>());
    join(mine);
    return next(mine).get();
  }

  /** How many wait behind those who are being written. */
  synchronized int waiting() {
    return waiting.size();
  }

  private synchronized void join(Waiting mine) {
    if (writing == 0) {
      writing++;
      mine.next.complete(() -> lead(mine));
    } else {
      waiting.add(mine);
    }
  }

  private Supplier<Append> next(Waiting mine) {
    long turns = longestWait.dividedBy(longestTransaction);
    for (long turn = 0; turn < turns; turn++) {
      try {
        return within(longestTransaction, mine);
      } catch (TimeoutException e) {
        if (mayWriteBeside(mine)) {
          return () -> lead(mine);
        }
      }
    }
    return missed(mine);
  }

  private Supplier<Append> within(Duration wait, Waiting mine) throws TimeoutException {
    try {
      return mine.next.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return missed(mine);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a turn does not fail", e);
    }
  }

  /** Lets one that still waits write beside those that take long. */
  private synchronized boolean mayWriteBeside(Waiting mine) {
    boolean may = writing < writers && waiting.remove(mine);
    writing += may ? 1 : 0;
    return may;
  }

  /** Once an entry is being written, only the database can say what became of it. */
  private Supplier<Append> missed(Waiting mine) {
    return leave(mine) ? GroupCommit::tooLate : mine.next.join();
  }

  private synchronized boolean leave(Waiting mine) {
    return waiting.remove(mine);
  }

  private static Append tooLate() {
    throw new ConnectionException(
        new SQLTransientConnectionException("too many wait for the database", "08001"));
  }

  /** Writes for the caller, and for those who wait by now. */
  private Append lead(Waiting mine) {
    List<Waiting> group = gather(mine);
    List<Supplier<Append>> outcomes = List.of();
    try {
      outcomes = write(group.stream().map(Waiting::entry).toList());
    } finally {
      passOn();
      for (int i = 1; i < group.size(); i++) {
        Waiting other = group.get(i);
        other.next.complete(outcomes.isEmpty() ? alone(other.entry) : outcomes.get(i));
      }
    }
    return outcomes.get(0).get();
  }

  private List<Supplier<Append>> write(List<LedgerEntry> entries) {
    try {
      return transaction.apply(entries).stream().map(GroupCommit::done).toList();
    } catch (RuntimeException | Error e) {
      if (entries.size() > 1 && !LedgerFault.isAway(e)) {
        return entries.stream().map(this::alone).toList();
      }
      Supplier<Append> failed =
          () -> {
            throw e;
          };
      return entries.stream().map(entry -> failed).toList();
    }
  }

  private static Supplier<Append> done(Append result) {
    return () -> result;
  }

  /** One of the group is at fault, and its own thread is to know of it. */
  private Supplier<Append> alone(LedgerEntry entry) {
    return () -> transaction.apply(List.of(entry)).get(0);
  }

  private synchronized List<Waiting> gather(Waiting leader) {
    List<Waiting> group = new ArrayList<>(List.of(leader));
    while (!waiting.isEmpty() && group.size() < MOST) {
      group.add(waiting.remove());
    }
    return group;
  }

  /** Only the last one passes on: after a delay there is one at a time again. */
  private synchronized void passOn() {
    @Nullable Waiting next = writing == 1 ? waiting.poll() : null;
    if (next == null) {
      writing--;
    } else {
      next.next.complete(() -> lead(next));
    }
  }
}

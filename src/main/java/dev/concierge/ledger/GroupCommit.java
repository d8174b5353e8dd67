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

/**
 * Has facts that are told at the same time share a transaction, because that costs far more than a
 * fact. While some threads write, the others gather; then the first of them writes for all who
 * wait. Whoever finds few at work writes at once.
 *
 * <p>Has no thread of its own: those who wait are the threads that call. They wait no longer for
 * their turn than for a connection, so a database that hangs holds nobody up for ever. Safe for use
 * by many threads; blocks.
 */
final class GroupCommit {

  /** Keeps a transaction, and the statements in it, from growing without end. */
  private static final int MOST = 100;

  /** More than one, so that a call that somebody has locked holds up only those in its group. */
  private static final int WRITERS = 4;

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
  private final Duration longestWait;
  // Guarded by this object's lock.
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private int writing;

  /**
   * @param transaction writes all entries or none, and says what became of each
   */
  GroupCommit(Function<List<LedgerEntry>, List<Append>> transaction) {
    this(transaction, WRITERS, LONGEST_WAIT);
  }

  GroupCommit(
      Function<List<LedgerEntry>, List<Append>> transaction, int writers, Duration longestWait) {
    this.transaction = transaction;
    this.writers = writers;
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
    if (writing < writers) {
      writing++;
      mine.next.complete(() -> lead(List.of(mine)));
    } else {
      waiting.add(mine);
    }
  }

  /** Once an entry is being written, only the database can say what became of it. */
  private Supplier<Append> next(Waiting mine) {
    try {
      return mine.next.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return missed(mine);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return missed(mine);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a turn does not fail", e);
    }
  }

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

  /** Writes for a group, of whom the first is the caller. */
  private Append lead(List<Waiting> group) {
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

  private synchronized void passOn() {
    List<Waiting> group = oldest();
    if (group.isEmpty()) {
      writing--;
    } else {
      group.get(0).next.complete(() -> lead(group));
    }
  }

  private List<Waiting> oldest() {
    List<Waiting> group = new ArrayList<>();
    while (!waiting.isEmpty() && group.size() < MOST) {
      group.add(waiting.remove());
    }
    return group;
  }
}

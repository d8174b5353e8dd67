package dev.concierge.ledger;

import dev.concierge.call.CallLedger.Append;
import dev.concierge.call.LedgerEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has facts that are told at the same time share a transaction, because that costs far more than a
 * fact. While one thread writes, the others gather; then the first of them writes for all who wait.
 * Whoever comes alone writes at once.
 *
 * <p>Has no thread of its own, and no bound: those who wait are the threads that call, and would
 * wait for a connection otherwise. Safe for use by many threads; blocks.
 */
final class GroupCommit {

  /** Keeps a transaction, and the statements in it, from growing without end. */
  private static final int MOST = 100;

  /**
   * An entry that has to be written.
   *
   * @param next what the thread that waits for it has to do next
   */
  private record Waiting(LedgerEntry entry, CompletableFuture<Supplier<Append>> next) {}

  private final Function<List<LedgerEntry>, List<Append>> transaction;
  // Guarded by this object's lock.
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private boolean writing;

  /**
   * @param transaction writes all entries or none, and says what became of each
   */
  GroupCommit(Function<List<LedgerEntry>, List<Append>> transaction) {
    this.transaction = transaction;
  }

  /**
   * Returns when the entry is written. Throws what the transaction threw, but never for the sake of
   * another's entry.
   */
  Append append(LedgerEntry entry) {
    Waiting mine = new Waiting(entry, new CompletableFuture<>());
    join(mine);
    return mine.next.join().get();
  }

  /** How many wait behind those who are being written. */
  synchronized int waiting() {
    return waiting.size();
  }

  private synchronized void join(Waiting mine) {
    waiting.add(mine);
    if (!writing) {
      writing = true;
      mine.next.complete(this::lead);
    }
  }

  /** Writes for all who wait, of whom the first is the caller. */
  private Append lead() {
    List<Waiting> group = oldest();
    List<Supplier<Append>> outcomes;
    try {
      outcomes = write(group.stream().map(Waiting::entry).toList());
    } finally {
      passOn();
    }
    for (int i = 1; i < group.size(); i++) {
      group.get(i).next.complete(outcomes.get(i));
    }
    return outcomes.get(0).get();
  }

  private synchronized List<Waiting> oldest() {
    List<Waiting> group = new ArrayList<>();
    while (!waiting.isEmpty() && group.size() < MOST) {
      group.add(waiting.remove());
    }
    return group;
  }

  private List<Supplier<Append>> write(List<LedgerEntry> entries) {
    try {
      return transaction.apply(entries).stream().map(GroupCommit::done).toList();
    } catch (RuntimeException | Error e) {
      if (entries.size() > 1 && LedgerFault.isOfTheEntry(e)) {
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
    @Nullable Waiting next = waiting.peek();
    if (next == null) {
      writing = false;
    } else {
      next.next.complete(this::lead);
    }
  }
}

package dev.concierge.ledger;

import dev.concierge.call.LedgerEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@link FactSpool}, for any number of threads that offer and one that writes. The
 * head stays where it is until it is written, so an empty queue means that nothing is under way.
 */
final class SpoolQueue {

  private final int capacity;
  private final Queue<LedgerEntry> entries = new ArrayDeque<>();
  private boolean closed;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Condition closing = lock.newCondition();

  SpoolQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Takes the entry at once; {@code false} if the queue is full or closed. */
  boolean offer(LedgerEntry entry) {
    lock.lock();
    try {
      if (closed || entries.size() == capacity) {
        return false;
      }
      filled.signal();
      return entries.add(entry);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the oldest entry; {@code null} once the queue is closed. */
  @Nullable LedgerEntry head() {
    lock.lock();
    try {
      while (entries.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
      return closed ? null : entries.peek();
    } finally {
      lock.unlock();
    }
  }

  void removeHead() {
    lock.lock();
    try {
      entries.poll();
      if (entries.isEmpty()) {
        emptied.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits that long, or until the queue is closed. */
  void pause(Duration length) throws InterruptedException {
    lock.lock();
    try {
      long left = length.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the queue is empty; {@code false} if that took longer than the limit. */
  boolean awaitEmpty(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (!entries.isEmpty() && left > 0) {
        left = emptied.awaitNanos(left);
      }
      return entries.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is taken, and nobody waits any longer. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      closing.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What is still in the queue, oldest first. */
  List<LedgerEntry> rest() {
    lock.lock();
    try {
      return List.copyOf(entries);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }
}

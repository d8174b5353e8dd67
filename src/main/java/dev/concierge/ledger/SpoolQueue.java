package dev.concierge.ledger;

import dev.concierge.call.LedgerEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The entries of a {@link FactSpool} that are not on the disk yet, for any number of threads that
 * offer and one that takes them there. They stay until they are removed, so an empty queue means
 * that nothing is under way.
 */
final class SpoolQueue {

  private final int capacity;
  private final Queue<LedgerEntry> entries = new ArrayDeque<>();
  private boolean closed;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
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

  /** Waits for entries and shows the oldest; none once the queue is closed and empty. */
  List<LedgerEntry> oldest(int most) {
    lock.lock();
    try {
      while (entries.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
      return entries.stream().limit(most).toList();
    } finally {
      lock.unlock();
    }
  }

  void remove(int count) {
    lock.lock();
    try {
      for (int i = 0; i < count; i++) {
        entries.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits that long, or until the queue is closed; {@code false} if it is. */
  boolean pause(Duration length) throws InterruptedException {
    lock.lock();
    try {
      long left = length.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
      return !closed;
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

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
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

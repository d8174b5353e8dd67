package dev.concierge.bridge;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives inputs from many threads to one handler, one at a time and in order, without a thread of
 * its own: whoever finds it idle handles what there is.
 *
 * <p>Bounded: when it is full an input is refused, and the sender is told.
 */
final class Mailbox<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final Queue<T> queue = new ConcurrentLinkedQueue<>();

  /** Inputs waiting, and one more while it is not yet open. */
  private final AtomicInteger pending = new AtomicInteger(1);

  private final int capacity;
  private final Consumer<T> handler;

  /**
   * @param handler should not throw: what it could not handle is lost, and the next is handled
   */
  Mailbox(int capacity, Consumer<T> handler) {
    this.capacity = capacity;
    this.handler = handler;
  }

  /** Begins to handle inputs; those that came before have waited. Call it once. */
  void open() {
    if (pending.decrementAndGet() > 0) {
      drain();
    }
  }

  /**
   * Adds an input, and handles it on this thread unless another one is handling.
   *
   * @return {@code false} if it was full and the input is lost
   */
  boolean post(T input) {
    if (pending.get() > capacity) {
      return false;
    }
    queue.add(input);
    if (pending.getAndIncrement() == 0) {
      drain();
    }
    return true;
  }

  /** How many inputs wait. Any thread may ask. */
  int size() {
    return pending.get();
  }

  private void drain() {
    do {
      handle(queue.poll());
    } while (pending.decrementAndGet() > 0);
  }

  /** Whatever is thrown, even an {@link Error}, must not leave the others waiting for ever. */
  private void handle(@Nullable T input) {
    try {
      if (input != null) {
        handler.accept(input);
      }
    } catch (Throwable e) {
      LOG.error("An input could not be handled", e);
    }
  }
}

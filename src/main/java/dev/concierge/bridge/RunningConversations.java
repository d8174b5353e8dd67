package dev.concierge.bridge;

import dev.concierge.call.CallId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversations that run now, so that one timer serves them all, a service which shuts down can
 * let them finish, and whoever watches it can count them. No stream finds its conversation by it.
 * Safe for use by many threads.
 */
final class RunningConversations {

  private static final Logger LOG = LoggerFactory.getLogger(RunningConversations.class);

  private final Set<Conversation> running = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Long endNanos;

  void add(Conversation begun) {
    running.add(begun);
    Long end = endNanos;
    if (end != null) {
      begun.endWithin(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  void remove(Conversation ended) {
    running.remove(ended);
    synchronized (this) {
      notifyAll();
    }
  }

  /** Tells all, and those that still come, that they have to be over when that time is. */
  void endWithin(Duration limit) {
    endNanos = System.nanoTime() + limit.toNanos();
    running.forEach(each -> each.endWithin(limit));
  }

  /** Tells those of a call that it is over. */
  void callEnded(CallId call) {
    running.stream().filter(each -> each.isOf(call)).forEach(Conversation::callEnded);
  }

  /** Has each look at the time. Nothing may escape: a timer's task that throws never runs again. */
  void tick() {
    try {
      running.forEach(Conversation::tick);
    } catch (Throwable e) {
      LOG.error("A tick failed", e);
    }
  }

  boolean isClosing() {
    return endNanos != null;
  }

  int count() {
    return running.size();
  }

  /** The largest of a figure among all; 0 if there is none. */
  long most(ToLongFunction<Conversation> figure) {
    return running.stream().mapToLong(figure).max().orElse(0);
  }

  /** Waits until none runs; {@code false} if that took longer than the limit. */
  synchronized boolean awaitNone(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!running.isEmpty()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }
}

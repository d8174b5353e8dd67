package dev.concierge.realtime;

import dev.concierge.bridge.ModelEvent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a session's events to their taker one at a time and in order, whatever threads they come
 * from, and nothing after {@link ModelEvent.Lost} or {@link #stop}.
 *
 * <p>Safe for use by many threads; no lock is held while the taker runs, so it may call back. What
 * comes meanwhile waits for the thread that is handing out: a few events at most, as the socket
 * reads one message at a time.
 */
final class EventStream {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final Consumer<ModelEvent> taker;
  private final Queue<ModelEvent> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean stopped;

  EventStream(Consumer<ModelEvent> taker) {
    this.taker = taker;
  }

  void emit(ModelEvent event) {
    waiting.add(event);
    if (count.getAndIncrement() == 0) {
      do {
        handOut(waiting.remove());
      } while (count.decrementAndGet() > 0);
    }
  }

  /** Hands out nothing more, not even what waits. */
  void stop() {
    stopped = true;
  }

  private void handOut(ModelEvent event) {
    if (stopped) {
      return;
    }
    stopped = event instanceof ModelEvent.Lost;
    try {
      taker.accept(event);
    } catch (RuntimeException e) {
      LOG.error("A conversation failed to take {}", event.getClass().getSimpleName(), e);
    }
  }
}

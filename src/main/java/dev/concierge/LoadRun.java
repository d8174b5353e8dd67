package dev.concierge;

import dev.concierge.LoadCall.LoadFailedException;
import dev.concierge.sandbox.load.LoadFigures;
import dev.concierge.sandbox.load.LoadMeter;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps a number of calls going: as one ends, the next is placed. Used once. */
final class LoadRun {

  private static final Duration BETWEEN_FIRST_CALLS = Duration.ofMillis(20);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  private final CallClient client;
  private final LoadMeter meter;
  private final LoadFigures figures = new LoadFigures();
  private final AtomicInteger placed = new AtomicInteger();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  LoadRun(CallClient client, LoadMeter meter) {
    this.client = client;
    this.meter = meter;
  }

  /** One call, not counted: shows that there is a way from the service to our sandbox. */
  void tryOut() throws LoadFailedException, InterruptedException {
    new LoadCall(client, meter, 0).run(new LoadFigures());
  }

  /** Places calls for that long, and returns when the last of them has ended. */
  void run(int calls, Duration length) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    ExecutorService lines = Executors.newFixedThreadPool(calls);
    try {
      for (int i = 0; i < calls; i++) {
        lines.execute(() -> callUntil(end));
        TimeUnit.MILLISECONDS.sleep(BETWEEN_FIRST_CALLS.toMillis());
      }
      lines.shutdown();
      lines.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } finally {
      lines.shutdownNow();
    }
  }

  private void callUntil(long endNanos) {
    try {
      do {
        if (!callOnce()) {
          TimeUnit.MILLISECONDS.sleep(AFTER_A_FAILURE.toMillis());
        }
      } while (System.nanoTime() < endNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean callOnce() throws InterruptedException {
    try {
      new LoadCall(client, meter, placed.incrementAndGet()).run(figures);
      return true;
    } catch (LoadFailedException e) {
      failures.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
      return false;
    }
  }

  int placed() {
    return placed.get();
  }

  int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many calls failed in which way. */
  Map<String, Integer> failures() {
    return new TreeMap<>(failures);
  }

  LoadFigures figures() {
    return figures;
  }
}

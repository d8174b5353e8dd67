package dev.concierge.metrics;

import dev.concierge.call.CallStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ledger says of calls that are not over, for scrapes: they must not wait for a database
 * that is away, nor tire one that is there. So it is asked on another thread, once at a time, and
 * its answer serves for a while. Safe for use by many threads.
 */
final class LiveCalls {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCalls.class);

  /** For how long an answer serves; Prometheus usually asks every 15 s or more. */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** How long a scrape waits for the ledger; Prometheus gives up a scrape after 10 s. */
  private static final long LONGEST_WAIT_MS = 3_000;

  private final Supplier<Map<CallStatus, Long>> ledger;
  private final ExecutorService thread;
  private final Clock clock;

  private @Nullable Future<Map<CallStatus, Long>> asked;
  private Instant askedAt = Instant.MIN;

  /**
   * @param ledger may block or throw
   * @param thread asks it
   */
  LiveCalls(Supplier<Map<CallStatus, Long>> ledger, ExecutorService thread, Clock clock) {
    this.ledger = ledger;
    this.thread = thread;
    this.clock = clock;
  }

  /** How many calls are in each status; empty where the ledger does not say it in time. */
  Map<CallStatus, Long> byStatus() {
    try {
      return asked().get(LONGEST_WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Map.of();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the ledger was asked in vain", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  private synchronized Future<Map<CallStatus, Long>> asked() {
    Instant now = clock.instant();
    if (asked == null || (asked.isDone() && !now.isBefore(askedAt.plus(FRESH)))) {
      asked = thread.submit(this::ask);
      askedAt = now;
    }
    return asked;
  }

  private Map<CallStatus, Long> ask() {
    try {
      return ledger.get();
    } catch (RuntimeException e) {
      LOG.warn("cannot count the calls that are not over: {}", e.getClass().getName());
      return Map.of();
    }
  }
}

package dev.concierge;

import dev.concierge.ledger.Retention;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old calls every hour, on a thread of its own, from the start of the service. */
final class RetentionJob implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);

  private final Retention retention;
  private final int days;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "retention"));

  /**
   * @param days for how long calls are kept; 0 for ever
   */
  RetentionJob(Retention retention, int days, Clock clock) {
    this.retention = retention;
    this.days = days;
    this.clock = clock;
  }

  @Override
  public void start() {
    if (days > 0) {
      var unused = thread.scheduleWithFixedDelay(this::run, 0, 1, TimeUnit.HOURS);
    }
  }

  /** Lets a deletion finish: an interrupt amid its file access would close an H2 database. */
  @Override
  public void stop() throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
      LOG.warn("stopped while old calls are being forgotten");
    }
  }

  private void run() {
    try {
      long forgotten = retention.forgetBefore(clock.instant().minus(Duration.ofDays(days)));
      if (forgotten > 0) {
        LOG.info("forgot {} calls that are older than {} days", forgotten, days);
      }
    } catch (RuntimeException e) {
      // The ledger may be away; the next run tries again. Its message may quote data.
      LOG.warn("cannot forget old calls: {}", e.getClass().getName());
    }
  }
}

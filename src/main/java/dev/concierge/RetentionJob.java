package dev.concierge;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.concierge.ledger.Retention;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old calls every hour. */
final class RetentionJob {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);
  static final String NAME = "retention";
  private static final Duration PERIOD = Duration.ofHours(1);

  private final Retention retention;
  private final int days;
  private final Clock clock;

  /**
   * @param days for how long calls are kept; 0 for ever
   */
  RetentionJob(Retention retention, int days, Clock clock) {
    this.retention = retention;
    this.days = days;
    this.clock = clock;
  }

  RecurringTask<Void> task() {
    return Tasks.recurring(NAME, FixedDelay.of(PERIOD)).execute((job, context) -> run());
  }

  private void run() {
    if (days == 0) {
      return;
    }
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

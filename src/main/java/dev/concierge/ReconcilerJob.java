package dev.concierge;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.concierge.call.CarrierUncertainException;
import dev.concierge.call.Reconciler;
import dev.concierge.metrics.ReconcilerMetrics;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the reconciler now and then; nobody asks about a call that another instance asks about. */
final class ReconcilerJob {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcilerJob.class);
  static final Duration PERIOD = Duration.ofSeconds(10);

  private final Reconciler reconciler;
  private final ReconcilerMetrics metrics;

  ReconcilerJob(Reconciler reconciler, ReconcilerMetrics metrics) {
    this.reconciler = reconciler;
    this.metrics = metrics;
  }

  RecurringTask<Void> task() {
    return Tasks.recurring("reconciler", FixedDelay.of(PERIOD)).execute((job, context) -> run());
  }

  private void run() {
    try {
      int learned = reconciler.run(Reconciler.PATIENCE);
      metrics.done(learned);
      if (learned > 0) {
        LOG.info("settled {} calls that had gone silent", learned);
      }
    } catch (CarrierUncertainException e) {
      metrics.carrierAway();
      LOG.warn("cannot ask the carrier about silent calls: {}", e.getMessage());
    } catch (RuntimeException e) {
      metrics.failed();
      // The ledger may be away; the next run tries again.
      LOG.warn("cannot look for silent calls", e);
    }
  }
}

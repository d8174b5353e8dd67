package dev.concierge;

import dev.concierge.call.CarrierUncertainException;
import dev.concierge.call.Reconciler;
import dev.concierge.metrics.ReconcilerMetrics;
import io.dropwizard.lifecycle.Managed;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the reconciler now and then, on a thread of its own, from the start of the service. */
final class ReconcilerJob implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcilerJob.class);
  private static final long PERIOD_SECONDS = 10;

  private final Reconciler reconciler;
  private final ReconcilerMetrics metrics;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "reconciler"));

  ReconcilerJob(Reconciler reconciler, ReconcilerMetrics metrics) {
    this.reconciler = reconciler;
    this.metrics = metrics;
  }

  @Override
  public void start() {
    var unused = thread.scheduleWithFixedDelay(this::run, 1, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void stop() {
    thread.shutdownNow();
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

package dev.concierge;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.concierge.call.CarrierUncertainException;
import dev.concierge.call.Reconciler;
import dev.concierge.metrics.ReconcilerMetrics;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the reconciler now and then, from the start of the service. It is a job in the database: of
 * all instances one runs it at a time, so that no call is asked about twice.
 */
final class ReconcilerJob implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcilerJob.class);
  static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofSeconds(2);

  /** An instance that has missed four is dead, and another one runs the job. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(2);

  private final Reconciler reconciler;
  private final ReconcilerMetrics metrics;
  private final Scheduler scheduler;

  /**
   * @param database has the table of jobs
   */
  ReconcilerJob(DataSource database, Reconciler reconciler, ReconcilerMetrics metrics) {
    this.reconciler = reconciler;
    this.metrics = metrics;
    this.scheduler =
        Scheduler.create(database)
            .startTasks(
                Tasks.recurring("reconciler", FixedDelay.of(PERIOD))
                    .execute((job, context) -> run()))
            .alwaysPersistTimestampInUTC()
            .threads(1)
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(SHUTDOWN_WAIT)
            .build();
  }

  @Override
  public void start() {
    scheduler.start();
  }

  @Override
  public void stop() {
    scheduler.stop();
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

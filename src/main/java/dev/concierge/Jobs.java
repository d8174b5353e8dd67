package dev.concierge;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Runs what is to be done now and then, from the start of the service. The jobs are in the
 * database: of all instances one runs a job at a time, so that nothing is done twice.
 */
final class Jobs implements Managed {

  private static final Duration POLL = Duration.ofSeconds(2);

  /** An instance that has missed four is dead, and another one runs its job. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private static final int MISSED_HEARTBEATS = 4;

  /** Lets a deletion finish: an interrupt amid its file access would close an H2 database. */
  private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(10);

  private final Scheduler scheduler;

  /**
   * @param database has the table of jobs
   */
  Jobs(DataSource database, List<RecurringTask<Void>> jobs) {
    scheduler =
        Scheduler.create(database)
            .startTasks(jobs)
            .jdbcCustomization(new DefaultJdbcCustomization(true))
            .threads(jobs.size())
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
}

package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import dev.concierge.call.CallLedger;
import dev.concierge.call.Reconciler;
import dev.concierge.ledger.Migrations;
import dev.concierge.ledger.Retention;
import dev.concierge.metrics.Metrics;
import dev.concierge.metrics.ReconcilerMetrics;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class JobsTest {

  private final List<Instant> runs = new CopyOnWriteArrayList<>();

  /** A ledger with no silent call, that notes when it was asked for some. */
  private CallLedger notingLedger() {
    return (CallLedger)
        Proxy.newProxyInstance(
            CallLedger.class.getClassLoader(),
            new Class<?>[] {CallLedger.class},
            (proxy, method, arguments) -> {
              runs.add(Instant.now());
              return List.of();
            });
  }

  private static DataSource database() {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1");
    Migrations.run(database);
    return database;
  }

  @Test
  void ofManyInstancesOneRunsTheReconcilerAtATime() {
    DataSource database = database();
    Reconciler reconciler = new Reconciler(notingLedger(), null, Clock.systemUTC());
    ReconcilerMetrics metrics = new Metrics(new MetricRegistry()).reconciler();
    List<Jobs> instances =
        Stream.generate(
                () -> new Jobs(database, List.of(new ReconcilerJob(reconciler, metrics).task())))
            .limit(2)
            .toList();
    instances.forEach(Jobs::start);
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> runs.size() >= 3);
    } finally {
      instances.forEach(Jobs::stop);
    }
    for (int i = 1; i < runs.size(); i++) {
      assertThat(Duration.between(runs.get(i - 1), runs.get(i)))
          .isGreaterThanOrEqualTo(ReconcilerJob.PERIOD.minusMillis(500));
    }
  }

  @Test
  void ofManyInstancesOneForgetsOldCalls() {
    DataSource database = database();
    Jdbi jdbi = Jdbi.create(database);
    List<Jobs> instances =
        Stream.generate(() -> new RetentionJob(new Retention(jdbi), 30, new NotingClock()).task())
            .map(job -> new Jobs(database, List.of(job)))
            .limit(2)
            .toList();
    instances.forEach(Jobs::start);
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> isDoneForNow(jdbi));
    } finally {
      instances.forEach(Jobs::stop);
    }
    assertThat(runs).hasSize(1);
  }

  /** Notes when it was asked. */
  private final class NotingClock extends Clock {
    @Override
    public Instant instant() {
      runs.add(Instant.now());
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  /** Whether it has run, and is to run again in about an hour. */
  private static boolean isDoneForNow(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createQuery(
                        """
                    SELECT COUNT(*) FROM scheduled_tasks
                    WHERE task_name = :name AND picked = FALSE AND last_success IS NOT NULL
                    """)
                    .bind("name", RetentionJob.NAME)
                    .mapTo(Integer.class)
                    .one()
                == 1);
  }
}

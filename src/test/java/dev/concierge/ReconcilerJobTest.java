package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import dev.concierge.call.CallLedger;
import dev.concierge.call.Reconciler;
import dev.concierge.ledger.Migrations;
import dev.concierge.metrics.Metrics;
import dev.concierge.metrics.ReconcilerMetrics;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

class ReconcilerJobTest {

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

  @Test
  void ofManyInstancesOneRunsTheReconcilerAtATime() {
    JdbcConnectionPool database =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1", "sa", "");
    Migrations.run(database);
    Reconciler reconciler = new Reconciler(notingLedger(), null, Clock.systemUTC());
    ReconcilerMetrics metrics = new Metrics(new MetricRegistry()).reconciler();
    List<ReconcilerJob> instances =
        Stream.generate(() -> new ReconcilerJob(database, reconciler, metrics)).limit(2).toList();
    instances.forEach(ReconcilerJob::start);
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> runs.size() >= 3);
    } finally {
      instances.forEach(ReconcilerJob::stop);
      database.dispose();
    }
    for (int i = 1; i < runs.size(); i++) {
      assertThat(Duration.between(runs.get(i - 1), runs.get(i)))
          .isGreaterThanOrEqualTo(ReconcilerJob.PERIOD.minusMillis(500));
    }
  }
}

package dev.concierge.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.concierge.bridge.BridgedConversations;
import dev.concierge.bridge.ConversationMeter;
import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.FactSpool;
import io.dropwizard.core.setup.AdminEnvironment;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/**
 * Everything that Prometheus is shown, among it what Dropwizard measures of itself. One for each
 * service, since a registry takes a name once. {@code docs/operations.md} explains each metric.
 */
public final class Metrics {

  /** On the admin port; {@code /metrics} is Dropwizard's own JSON. */
  public static final String PATH = "/metrics/prometheus";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ConversationMetrics conversations = new ConversationMetrics(registry);
  private final CallMetrics calls = new CallMetrics(registry);
  private final ReconcilerMetrics reconciler = new ReconcilerMetrics(registry);

  /**
   * @param dropwizard the service's own: connections, thread pools, the JVM
   */
  public Metrics(MetricRegistry dropwizard) {
    DropwizardExports.builder().dropwizardRegistry(dropwizard).register(registry);
  }

  public ConversationMeter conversations() {
    return conversations;
  }

  public CallMetrics calls() {
    return calls;
  }

  public ReconcilerMetrics reconciler() {
    return reconciler;
  }

  /** Shows what waits in the conversations that run. */
  public void show(BridgedConversations running) {
    GaugeWithCallback.builder()
        .name("concierge_conversations_running")
        .help("Conversations that run now")
        .callback(gauge -> gauge.call(running.running()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("concierge_mailbox_inputs_max")
        .help("Inputs that wait in the fullest conversation's mailbox; 2000 end it")
        .callback(gauge -> gauge.call((double) running.fullestMailbox()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("concierge_send_window_bytes_max")
        .help("Bytes that wait for the socket that is read most slowly")
        .labelNames("leg")
        .callback(
            gauge -> {
              gauge.call((double) running.slowestLineBytes(), "line");
              gauge.call((double) running.slowestModelBytes(), "model");
            })
        .register(registry);
  }

  /**
   * Shows how many calls are in each status.
   *
   * @param thread asks the ledger, one question at a time
   */
  public void show(CallHistory history, ExecutorService thread, Clock clock) {
    calls.show(new LiveCalls(history::countLive, thread, clock));
  }

  /** Shows what waits for the ledger. */
  public void show(FactSpool spool) {
    GaugeWithCallback.builder()
        .name("concierge_spool_facts")
        .help("Facts that are not written to the database yet")
        .callback(gauge -> gauge.call((double) spool.pending()))
        .register(registry);
    CounterWithCallback.builder()
        .name("concierge_spool_lost_facts_total")
        .help("Facts that were lost, for want of room or because the database rejected them")
        .callback(counter -> counter.call((double) spool.lost()))
        .register(registry);
  }

  /** Has the admin port serve them. */
  public void install(AdminEnvironment admin) {
    admin.addServlet("prometheus", new PrometheusMetricsServlet(registry)).addMapping(PATH);
  }
}

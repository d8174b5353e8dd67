package dev.concierge.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what the reconciler does. Safe for use by many threads. */
public final class ReconcilerMetrics {

  private final Counter runs;
  private final Counter settled;

  ReconcilerMetrics(PrometheusRegistry registry) {
    runs =
        Counter.builder()
            .name("concierge_reconciler_runs_total")
            .help("Runs of the reconciler, by how they went")
            .labelNames("result")
            .register(registry);
    settled =
        Counter.builder()
            .name("concierge_reconciler_settled_calls_total")
            .help("Silent calls of which the reconciler learned something")
            .register(registry);
    runs.initLabelValues("done");
    runs.initLabelValues("carrier_away");
    runs.initLabelValues("failed");
  }

  /** A run asked about all that was silent. */
  public void done(int settledCalls) {
    runs.labelValues("done").inc();
    settled.inc(settledCalls);
  }

  /** The carrier did not answer. */
  public void carrierAway() {
    runs.labelValues("carrier_away").inc();
  }

  /** The ledger was away, or something of ours broke. */
  public void failed() {
    runs.labelValues("failed").inc();
  }
}

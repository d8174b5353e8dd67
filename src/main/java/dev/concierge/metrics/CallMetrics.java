package dev.concierge.metrics;

import dev.concierge.call.Call;
import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows where calls stand, and counts how they end. Safe for use by many threads. */
public final class CallMetrics {

  private final PrometheusRegistry registry;
  private final Counter ended;

  CallMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    ended =
        Counter.builder()
            .name("concierge_calls_ended_total")
            .help("Calls whose end this instance wrote to the ledger, by status and reason")
            .labelNames("status", "reason")
            .withoutExemplars()
            .register(registry);
  }

  /** A call was settled. One whose conversation is told of only afterwards is settled again. */
  public void settled(Call call) {
    ended.labelValues(call.status().word(), word(call.endedReason())).inc();
  }

  /** A status that the ledger does not tell of has no series, rather than a wrong one. */
  void show(LiveCalls live) {
    GaugeWithCallback.builder()
        .name("concierge_calls")
        .help("Calls that are not over, by status; of the whole ledger, not of this instance")
        .labelNames("status")
        .callback(
            gauge ->
                live.byStatus()
                    .forEach(
                        (CallStatus status, Long calls) ->
                            gauge.call(calls.doubleValue(), status.word())))
        .register(registry);
  }

  private static String word(@Nullable EndedReason reason) {
    return reason == null ? "unknown" : reason.name().toLowerCase(Locale.ROOT);
  }
}

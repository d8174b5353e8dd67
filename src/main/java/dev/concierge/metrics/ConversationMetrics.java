package dev.concierge.metrics;

import dev.concierge.bridge.ConversationMeter;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.ModelFaulted;
import dev.concierge.call.EndedReason;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Counts and times what conversations do.
 *
 * <p>What comes with every frame is two adders whose labels were looked up beforehand: 50 frames a
 * second and call leave no room for more.
 */
final class ConversationMetrics implements ConversationMeter {

  /** What a bridge adds, in seconds: from far below a frame to where a callee would notice. */
  private static final double[] MACHINE_TIME = {
    .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1
  };

  /** What people wait for an answer, in seconds; a model that takes 6 is given up. */
  private static final double[] HUMAN_TIME = {.1, .25, .5, .75, 1, 1.5, 2, 3, 4, 6, 10};

  private static final double NANOS_PER_SECOND = 1e9;

  /** A vendor's code becomes a label: none that is out of the ordinary. */
  private static final Pattern CODE = Pattern.compile("[a-z0-9_.-]{1,64}");

  private final PrometheusRegistry registry;

  private final CounterDataPoint heardMessages;
  private final CounterDataPoint heardBytes;
  private final CounterDataPoint playedMessages;
  private final CounterDataPoint playedBytes;
  private final DistributionDataPoint addedToModel;
  private final DistributionDataPoint addedToLine;
  private final Histogram bargeIn;
  private final Histogram firstAudio;
  private final Histogram firstDelta;
  private final Histogram firstMedia;
  private final Counter ended;
  private final Counter faults;
  private final Gauge rateLimits;

  ConversationMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    Counter messages =
        counter("audio_messages", "Messages with audio taken from and given to lines", "direction");
    Counter bytes =
        counter("audio_bytes", "Bytes of μ-law taken from and given to lines", "direction");
    heardMessages = messages.labelValues("from_line");
    heardBytes = bytes.labelValues("from_line");
    playedMessages = messages.labelValues("to_line");
    playedBytes = bytes.labelValues("to_line");
    Histogram added =
        histogram(
            "added_latency",
            "From an audio message received to its handing on, of samples",
            MACHINE_TIME,
            "direction");
    addedToModel = added.labelValues("to_model");
    addedToLine = added.labelValues("to_line");
    bargeIn =
        histogram(
            "barge_in_latency",
            "From the model's word that the callee speaks to the line being cleared",
            MACHINE_TIME);
    firstAudio =
        histogram(
            "answer_to_first_audio",
            "From the stream's start to the agent's first audio on the line",
            HUMAN_TIME);
    firstDelta =
        histogram(
            "response_first_delta",
            "From the callee's falling silent to the first audio from the model",
            HUMAN_TIME);
    firstMedia =
        histogram(
            "response_first_media",
            "From the callee's falling silent to the first audio on the line",
            HUMAN_TIME);
    ended = counter("conversations_ended", "Conversations that ended, by reason", "reason");
    faults = counter("model_faults", "Faults the model's service reported, by its code", "code");
    rateLimits =
        Gauge.builder()
            .name("concierge_model_rate_limit_remaining")
            .help("What the model's service last said is left of a limit")
            .labelNames("limit")
            .register(registry);
  }

  private Counter counter(String name, String help, String label) {
    return Counter.builder()
        .name("concierge_" + name + "_total")
        .help(help)
        .labelNames(label)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name, String help, double[] bounds, String... labels) {
    return Histogram.builder()
        .name("concierge_" + name + "_seconds")
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(bounds)
        .register(registry);
  }

  @Override
  public void heard(int bytes) {
    heardMessages.inc();
    heardBytes.inc(bytes);
  }

  @Override
  public void played(int bytes) {
    playedMessages.inc();
    playedBytes.inc(bytes);
  }

  @Override
  public void passedToModel(Duration took) {
    addedToModel.observe(seconds(took));
  }

  @Override
  public void passedToLine(Duration took) {
    addedToLine.observe(seconds(took));
  }

  @Override
  public void bargedIn(Duration took) {
    bargeIn.observe(seconds(took));
  }

  @Override
  public void firstAudio(Duration afterStart) {
    firstAudio.observe(seconds(afterStart));
  }

  @Override
  public void firstDelta(Duration afterSpeech) {
    firstDelta.observe(seconds(afterSpeech));
  }

  @Override
  public void firstMedia(Duration afterSpeech) {
    firstMedia.observe(seconds(afterSpeech));
  }

  @Override
  public void rateLimit(ModelEvent.RateLimit limit) {
    rateLimits.labelValues(label(limit.name())).set((double) limit.remaining());
  }

  @Override
  public void fact(CallFact fact) {
    if (fact instanceof ConversationEnded end) {
      ended.labelValues(word(end.reason())).inc();
    } else if (fact instanceof ModelFaulted fault) {
      faults.labelValues(label(fault.code())).inc();
    }
  }

  private static double seconds(Duration took) {
    return took.toNanos() / NANOS_PER_SECOND;
  }

  private static String word(EndedReason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private static String label(String vendorsWord) {
    return CODE.matcher(vendorsWord).matches() ? vendorsWord : "other";
  }
}

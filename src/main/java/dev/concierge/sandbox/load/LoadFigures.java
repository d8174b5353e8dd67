package dev.concierge.sandbox.load;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.UniformReservoir;

/**
 * What was measured of all calls, in microseconds. Thread-safe.
 *
 * @param toModel from the callee's frame to the model's append
 * @param toCallee from the model's delta to the callee's media
 * @param bargeIn from the model's {@code speech_started} to the carrier's {@code clear}
 * @param untilHeard from the opened media stream to the first audio that the model gets
 * @param pace from one of a callee's frames to the next; 20 ms, or the loader is late itself
 */
public record LoadFigures(
    Histogram toModel,
    Histogram toCallee,
    Histogram bargeIn,
    Histogram untilHeard,
    Histogram pace) {

  /** So many are kept of each, by chance: enough for a 99th percentile. */
  private static final int SAMPLES = 100_000;

  /** With nothing measured yet. */
  public LoadFigures() {
    this(histogram(), histogram(), histogram(), histogram(), histogram());
  }

  private static Histogram histogram() {
    return new Histogram(new UniformReservoir(SAMPLES));
  }
}

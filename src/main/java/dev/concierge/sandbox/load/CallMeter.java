package dev.concierge.sandbox.load;

import com.codahale.metrics.Histogram;
import dev.concierge.sandbox.WireWatch.Moment;

/** Measures one call. Thread-safe. */
final class CallMeter {

  private static final long NEVER = Long.MIN_VALUE;

  private final LoadFigures figures;
  private final Passage toModel;
  private final Passage toCallee;
  private long openedNanos = NEVER;
  private long frameNanos = NEVER;
  private long speechNanos = NEVER;

  CallMeter(LoadFigures figures) {
    this.figures = figures;
    toModel = new Passage(figures.toModel());
    toCallee = new Passage(figures.toCallee());
  }

  synchronized void on(Moment moment, int bytes, long nanos) {
    switch (moment) {
      case STREAM_OPENED -> openedNanos = nanos;
      case CALLEE_SENT -> {
        record(figures.pace(), frameNanos, nanos);
        frameNanos = nanos;
        toModel.sent(bytes, nanos);
      }
      case MODEL_RECEIVED -> {
        if (!toModel.hasBegun()) {
          record(figures.untilHeard(), openedNanos, nanos);
        }
        toModel.received(bytes, nanos);
      }
      case MODEL_SENT -> {
        // It speaks again: whatever was to be cleared has been, or had been heard to its end.
        speechNanos = NEVER;
        toCallee.sent(bytes, nanos);
      }
      case CALLEE_RECEIVED -> toCallee.received(bytes, nanos);
      case SPEECH_STARTED -> speechNanos = nanos;
      case CLEARED -> {
        record(figures.bargeIn(), speechNanos, nanos);
        speechNanos = NEVER;
        toCallee.drop();
      }
      case STREAM_CLOSED -> {
        // Nothing is measured of an end.
      }
    }
  }

  private static void record(Histogram micros, long sinceNanos, long nanos) {
    if (sinceNanos != NEVER) {
      micros.update((nanos - sinceNanos) / 1_000);
    }
  }
}

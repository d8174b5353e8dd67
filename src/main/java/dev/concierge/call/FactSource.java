package dev.concierge.call;

import java.util.Objects;

/**
 * Who says a fact. Each source numbers its own facts, so one that comes twice is seen as the same.
 */
public record FactSource(String name) {

  /** This service, acting for a client. */
  public static final FactSource DESK = new FactSource("desk");

  /** The carrier's status callbacks, numbered by the carrier. */
  public static final FactSource CARRIER_STATUS = new FactSource("carrier-status");

  /** The carrier's judgement of who picked up. */
  public static final FactSource CARRIER_DETECTION = new FactSource("carrier-detection");

  /** What was found out by asking the carrier about a call that had gone silent. */
  public static final FactSource RECONCILER = new FactSource("reconciler");

  /** The erasure of personal data. */
  public static final FactSource ERASURE = new FactSource("erasure");

  public FactSource {
    Objects.requireNonNull(name, "name is null");
  }

  /** The carrier's callbacks about one media stream. */
  public static FactSource carrierStream(String streamId) {
    return new FactSource("carrier-stream:" + streamId);
  }

  /** The conversation on one media stream. */
  public static FactSource bridge(String streamId) {
    return new FactSource("bridge:" + streamId);
  }
}

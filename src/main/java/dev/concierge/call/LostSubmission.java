package dev.concierge.call;

import dev.concierge.call.Carrier.CarrierCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the carrier placed when it was asked for a call and its answer never came.
 *
 * @param candidates the carrier's calls that may be the one, and are known to be no other's
 * @param rivals how many other calls may have got them just as well
 */
record LostSubmission(List<CarrierCall> candidates, long rivals) {

  /** The carrier's clock is not ours. */
  private static final Duration BEFORE = Duration.ofMinutes(1);

  /** A dial may be asked for four times, 15 s each with pauses between: that, and clocks again. */
  private static final Duration AFTER = Duration.ofSeconds(90);

  /**
   * Asks the carrier first, the ledger for rivals next, and for the candidates' owners last: a
   * rival is in the ledger before the carrier hears of it, and is none any more once its call is
   * known to be its own.
   */
  static LostSubmission lookFor(Call call, CallLedger ledger, Carrier carrier)
      throws CarrierUncertainException {
    Instant asked = call.createdAt();
    List<CarrierCall> placed =
        carrier.placed(call.request().to(), asked.minus(BEFORE), asked.plus(AFTER));
    // Of two calls further apart than that, none can be taken for the other.
    Duration apart = BEFORE.plus(AFTER);
    long rivals = ledger.countRivals(call, asked.minus(apart), asked.plus(apart));
    return new LostSubmission(
        placed.stream().filter(seen -> !belongsToAnother(seen, call, ledger)).toList(), rivals);
  }

  /** Its own it may have become meanwhile: a callback that was late named it. */
  private static boolean belongsToAnother(CarrierCall seen, Call call, CallLedger ledger) {
    return ledger
        .findByCarrierCallId(seen.carrierCallId())
        .filter(owner -> !owner.id().equals(call.id()))
        .isPresent();
  }

  boolean isFound() {
    return candidates.size() == 1 && rivals == 0;
  }

  /** Why it could not be found. */
  String evidence() {
    return candidates.isEmpty()
        ? "unknown to the carrier"
        : "any of %d calls that the carrier placed to that number then, for %d requests"
            .formatted(candidates.size(), rivals + 1);
  }
}

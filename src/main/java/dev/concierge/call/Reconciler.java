package dev.concierge.call;

import dev.concierge.call.CallFact.Reconciled;
import dev.concierge.call.Carrier.CarrierCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Settles calls that have gone silent, by asking the carrier: callbacks get lost, and processes
 * die.
 *
 * <p>It never dials. Run it as often as you like, from one thread at a time; each run blocks on the
 * ledger and the carrier.
 */
public final class Reconciler {

  /**
   * How long a call may be silent before the carrier is asked; longer than a dial may take (5 s to
   * connect and 15 s to be answered), so that a submission under way is not mistaken for a lost
   * one.
   */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The carrier may list a call a little late, or tell later which of several is which. */
  private static final Duration SUBMISSION_GRACE = Duration.ofMinutes(5);

  private static final int CALLS_PER_RUN = 200;

  /** A carrier that is away costs a timeout for every call: no use in asking about all of them. */
  private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

  private final CallLedger ledger;
  private final Carrier carrier;
  private final Clock clock;

  public Reconciler(CallLedger ledger, Carrier carrier, Clock clock) {
    this.ledger = ledger;
    this.carrier = carrier;
    this.clock = clock;
  }

  /**
   * Asks about every unsettled call that has been silent for that long.
   *
   * @return how many calls it learned something about
   * @throws CarrierUncertainException if the carrier did not answer for one of them; the others
   *     were settled nevertheless, and the next run asks again
   */
  public int run(Duration patience) throws CarrierUncertainException {
    Instant giveUpAt = clock.instant().plus(LONGEST_RUN);
    int learned = 0;
    CarrierUncertainException unanswered = null;
    for (Call call : ledger.unsettled(clock.instant().minus(patience), CALLS_PER_RUN)) {
      try {
        learned += settle(call) ? 1 : 0;
      } catch (CarrierUncertainException e) {
        unanswered = e;
        if (clock.instant().isAfter(giveUpAt)) {
          break;
        }
      }
    }
    if (unanswered != null) {
      throw unanswered;
    }
    return learned;
  }

  private boolean settle(Call call) throws CarrierUncertainException {
    String carrierCallId = call.carrierCallId();
    if (call.status().isTerminal()) {
      return record(
          call,
          new Reconciled(
              call.status(), EndedReason.BRIDGE_LOST, null, "its conversation went away"));
    }
    if (carrierCallId == null) {
      return settleSubmission(call);
    }
    Optional<CarrierCall> seen = carrier.fetch(carrierCallId);
    if (seen.isEmpty()) {
      return record(
          call,
          new Reconciled(
              CallStatus.FAILED, EndedReason.CARRIER_FORGOT, null, "unknown to the carrier"));
    }
    CallStatus status = seen.get().status();
    boolean learned =
        call.status().canBecome(status)
            && record(call, new Reconciled(status, null, null, "fetched"));
    if (call.hangupRequested() && !status.isTerminal()) {
      carrier.hangUp(carrierCallId, status);
    }
    return learned;
  }

  /** The carrier was asked and nobody knows what it did: never dial again, look what it knows. */
  private boolean settleSubmission(Call call) throws CarrierUncertainException {
    List<CarrierCall> candidates =
        carrier
            .placed(call.request().to(), call.createdAt(), call.createdAt().plus(PATIENCE))
            .stream()
            .filter(seen -> !belongsToAnother(seen, call))
            .toList();
    if (candidates.size() == 1) {
      CarrierCall seen = candidates.get(0);
      if (call.hangupRequested()) {
        carrier.hangUp(seen.carrierCallId(), seen.status());
      }
      return record(call, new Reconciled(seen.status(), null, seen.carrierCallId(), "found"));
    }
    String evidence =
        candidates.isEmpty()
            ? "unknown to the carrier"
            : "any of " + candidates.size() + " calls that the carrier placed to that number then";
    return call.createdAt().plus(SUBMISSION_GRACE).isBefore(clock.instant())
        && record(
            call, new Reconciled(CallStatus.FAILED, EndedReason.SUBMISSION_LOST, null, evidence));
  }

  /** Its own it may have become meanwhile: a callback that was late named it. */
  private boolean belongsToAnother(CarrierCall seen, Call call) {
    return ledger
        .findByCarrierCallId(seen.carrierCallId())
        .filter(owner -> !owner.id().equals(call.id()))
        .isPresent();
  }

  private boolean record(Call call, Reconciled fact) {
    long sequence = clock.millis();
    var entry = new LedgerEntry(call.id(), FactSource.RECONCILER, sequence, clock.instant(), fact);
    return ledger.append(entry) == CallLedger.Append.APPENDED;
  }
}

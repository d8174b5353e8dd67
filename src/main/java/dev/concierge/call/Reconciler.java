package dev.concierge.call;

import dev.concierge.call.CallFact.Reconciled;
import dev.concierge.call.Carrier.CarrierCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settles calls that have gone silent, by asking the carrier: callbacks get lost, and processes
 * die.
 *
 * <p>It never dials. Run it as often as you like, from one thread at a time; each run blocks on the
 * ledger and the carrier.
 */
public final class Reconciler {

  /**
   * How long a call may be silent before the carrier is asked. A dial under way may be silent for
   * longer; that it is looked for does it no harm.
   */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Longer than any dial. The carrier may list a call a little late, or tell later which of several
   * is which.
   */
  private static final Duration SUBMISSION_GRACE = Duration.ofMinutes(5);

  /** More than one run gets through. */
  private static final int MOST_CALLS = 10_000;

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
   * Asks about every unsettled call that has been silent for that long, and repeats every hang-up
   * that has not ended its call yet.
   *
   * @return how many calls it learned something about
   * @throws CarrierUncertainException if the carrier did not answer for one of them; the others
   *     were settled nevertheless, and the next run asks again
   * @throws IllegalStateException likewise, if one of them cannot be read or written
   */
  public int run(Duration patience) throws CarrierUncertainException {
    Instant now = clock.instant();
    Instant unheardSince = now.minus(patience);
    int learned = 0;
    CarrierUncertainException unanswered = null;
    IllegalStateException broken = null;
    for (CallId id : ledger.unsettled(unheardSince, MOST_CALLS)) {
      if (clock.instant().isAfter(now.plus(LONGEST_RUN))) {
        break;
      }
      try {
        learned += settle(id, unheardSince) ? 1 : 0;
      } catch (CarrierUncertainException e) {
        unanswered = e;
      } catch (RuntimeException e) {
        broken = new IllegalStateException("cannot settle call " + id, e);
      }
    }
    if (broken != null) {
      throw broken;
    }
    if (unanswered != null) {
      throw unanswered;
    }
    return learned;
  }

  /** Looks the call up: it may have changed, or be gone, since it was listed. */
  private boolean settle(CallId id, Instant unheardSince) throws CarrierUncertainException {
    Optional<Call> found = ledger.find(id).filter(call -> !call.isSettled());
    if (found.isEmpty()) {
      return false;
    }
    Call call = found.get();
    if (call.heardOfAt().isBefore(unheardSince)) {
      return settle(call);
    }
    endIfWished(call, call.carrierCallId(), call.status());
    return false;
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
    endIfWished(call, carrierCallId, status);
    return learned;
  }

  /** The carrier was asked and nobody knows what it did: never dial again, look what it knows. */
  private boolean settleSubmission(Call call) throws CarrierUncertainException {
    LostSubmission lost = LostSubmission.lookFor(call, ledger, carrier);
    if (lost.isFound()) {
      CarrierCall seen = lost.candidates().get(0);
      boolean learned =
          record(call, new Reconciled(seen.status(), null, seen.carrierCallId(), "found"));
      endIfWished(call, seen.carrierCallId(), seen.status());
      return learned;
    }
    return call.createdAt().plus(SUBMISSION_GRACE).isBefore(clock.instant())
        && record(
            call,
            new Reconciled(CallStatus.FAILED, EndedReason.SUBMISSION_LOST, null, lost.evidence()));
  }

  private void endIfWished(Call call, @Nullable String carrierCallId, CallStatus status)
      throws CarrierUncertainException {
    if (call.hangupRequested() && carrierCallId != null && !status.isTerminal()) {
      carrier.hangUp(carrierCallId, status);
    }
  }

  private boolean record(Call call, Reconciled fact) {
    long sequence = clock.millis();
    var entry = new LedgerEntry(call.id(), FactSource.RECONCILER, sequence, clock.instant(), fact);
    return ledger.append(entry) == CallLedger.Append.APPENDED;
  }
}

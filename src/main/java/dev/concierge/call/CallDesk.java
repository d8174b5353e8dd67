package dev.concierge.call;

import dev.concierge.call.CallFact.HangupRequested;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.SubmissionFailed;
import dev.concierge.call.CallFact.SubmissionUncertain;
import dev.concierge.call.CallFact.Submitted;
import java.time.Clock;
import java.util.Optional;

/**
 * Places calls and hangs them up.
 *
 * <p>The intent is in the ledger before the carrier hears of it, and the carrier is asked once: a
 * restaurant is never rung twice for one request. Safe for use by many threads; every method blocks
 * on the ledger and the carrier.
 */
public final class CallDesk {

  /** The desk's own numbers for its facts: each kind happens once in a call. */
  private static final long REQUESTED = 0;

  private static final long SUBMISSION_UNCERTAIN = 1;
  private static final long SUBMISSION_ANSWERED = 2;
  private static final long HANGUP_REQUESTED = 3;

  private final CallLedger ledger;
  private final Carrier carrier;
  private final Clock clock;

  public CallDesk(CallLedger ledger, Carrier carrier, Clock clock) {
    this.ledger = ledger;
    this.carrier = carrier;
    this.clock = clock;
  }

  /**
   * Writes the request down and has it dialled.
   *
   * @return the call: queued, failed where the carrier refused it, or with its submission unknown
   */
  public Call place(ReservationRequest request) {
    CallId id = CallId.random();
    ledger.open(entry(id, REQUESTED, new Requested(request)));
    dial(id, request);
    Call call = known(id);
    return call.hangupRequested() ? carryOutHangup(call) : call;
  }

  private void dial(CallId id, ReservationRequest request) {
    try {
      String carrierCallId = carrier.dial(id, request);
      ledger.append(entry(id, SUBMISSION_ANSWERED, new Submitted(carrierCallId)));
    } catch (CarrierRefusedException e) {
      ledger.append(
          entry(id, SUBMISSION_ANSWERED, new SubmissionFailed(e.reason(), e.code(), e.words())));
    } catch (CarrierUncertainException e) {
      ledger.append(
          entry(id, SUBMISSION_UNCERTAIN, new SubmissionUncertain(String.valueOf(e.getMessage()))));
    }
  }

  /**
   * Ends a call, whatever it is doing; asking again, or for a call that is over, changes nothing.
   *
   * @return the call; empty if there is none of that name
   * @throws CarrierUncertainException if the carrier could not be told. The wish is kept, and the
   *     reconciler repeats it.
   */
  public Optional<Call> hangUp(CallId id) throws CarrierUncertainException {
    Optional<Call> call = ledger.find(id);
    if (call.isEmpty() || call.get().status().isTerminal()) {
      return call;
    }
    ledger.append(entry(id, HANGUP_REQUESTED, new HangupRequested()));
    // Looked up again: a dial that was answered meanwhile did not see the wish yet.
    tellCarrier(known(id));
    return ledger.find(id);
  }

  /** A client hung up while the carrier was still being asked. */
  private Call carryOutHangup(Call call) {
    try {
      tellCarrier(call);
    } catch (CarrierUncertainException e) {
      // The wish is in the ledger: the reconciler repeats it until the call is over.
    }
    return known(call.id());
  }

  private void tellCarrier(Call call) throws CarrierUncertainException {
    String carrierCallId = call.carrierCallId();
    if (carrierCallId != null && !call.status().isTerminal()) {
      carrier.hangUp(carrierCallId, call.status());
    }
  }

  private Call known(CallId id) {
    return ledger
        .find(id)
        .orElseThrow(() -> new IllegalStateException("the ledger lost call " + id));
  }

  private LedgerEntry entry(CallId id, long sequence, CallFact fact) {
    return new LedgerEntry(id, FactSource.DESK, sequence, clock.instant(), fact);
  }
}

package dev.concierge.call;

import dev.concierge.call.CallFact.HangupRequested;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.SubmissionUncertain;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/**
 * Places calls and hangs them up.
 *
 * <p>The intent is in the ledger before the carrier hears of it, and the carrier is not asked again
 * unless it is certain that no phone rings: a restaurant is never rung twice for one request. Safe
 * for use by many threads; every method blocks on the ledger and the carrier.
 */
public final class CallDesk {

  /** The desk's own numbers for its facts: each kind happens once in a call. */
  private static final long REQUESTED = 0;

  private static final long SUBMISSION_UNCERTAIN = 1;
  private static final long SUBMISSION_ANSWERED = 2;
  private static final long HANGUP_REQUESTED = 3;

  private final CallLedger ledger;
  private final Carrier carrier;
  private final Submission submission;
  private final FactSink sink;
  private final Clock clock;

  /**
   * @param sink takes what the carrier answered when the ledger is away
   */
  public CallDesk(CallLedger ledger, Carrier carrier, FactSink sink, Clock clock) {
    this(ledger, carrier, sink, clock, length -> Thread.sleep(length.toMillis()));
  }

  CallDesk(CallLedger ledger, Carrier carrier, FactSink sink, Clock clock, Submission.Pause pause) {
    this.ledger = ledger;
    this.carrier = carrier;
    this.submission = new Submission(carrier, pause, this::isCalledOff);
    this.sink = sink;
    this.clock = clock;
  }

  /** A call, and whether it was placed by this request or by an earlier one with the same key. */
  public record Placement(Call call, boolean isNew) {
    public Placement {
      Objects.requireNonNull(call, "call is null");
    }
  }

  /**
   * Writes the request down and has it dialled. A ledger that fails afterwards changes nothing of
   * the answer. If this throws, the carrier has not been asked.
   *
   * @return the call: queued, failed where the carrier refused it, or with its submission unknown
   */
  public Call place(ReservationRequest request) {
    return dial(ledger.open(requested(request)));
  }

  /**
   * The same, once for each key.
   *
   * @throws KeyReusedException if the key was used for another request
   */
  public Placement place(ReservationRequest request, IdempotencyKey key) throws KeyReusedException {
    Optional<Call> opened = ledger.open(requested(request), key);
    if (opened.isPresent()) {
      return new Placement(dial(opened.get()), true);
    }
    Call earlier =
        placedUnder(key)
            .orElseThrow(() -> new IllegalStateException("the ledger lost an idempotency key"));
    return new Placement(earlier, false);
  }

  /**
   * The call that was placed under the key, wherever it stands now; empty if the key is new.
   *
   * @throws KeyReusedException if the key was used for another request
   */
  public Optional<Call> placedUnder(IdempotencyKey key) throws KeyReusedException {
    Optional<IdempotencyKey.Use> use = ledger.findByKey(key.name());
    if (use.isPresent() && !use.get().key().equals(key)) {
      throw new KeyReusedException();
    }
    return use.map(IdempotencyKey.Use::call);
  }

  private LedgerEntry requested(ReservationRequest request) {
    return entry(CallId.random(), REQUESTED, new Requested(request));
  }

  private Call dial(Call opened) {
    CallFact answer = submission.submit(opened.id(), opened.request());
    boolean isUncertain = answer instanceof SubmissionUncertain;
    long sequence = isUncertain ? SUBMISSION_UNCERTAIN : SUBMISSION_ANSWERED;
    LedgerEntry entry = entry(opened.id(), sequence, answer);
    try {
      ledger.append(entry);
      Call call = known(opened.id());
      return call.hangupRequested() ? carryOutHangup(call) : call;
    } catch (RuntimeException e) {
      // The phone may be ringing: what the carrier answered must not be lost, nor kept from the
      // client. If it was written after all, writing it again does nothing.
      sink.record(entry);
      return opened.with(entry);
    }
  }

  /** A ledger that is away knows of nobody's wish: it is carried out after the dial. */
  private boolean isCalledOff(CallId id) {
    try {
      return ledger.find(id).filter(Call::hangupRequested).isPresent();
    } catch (RuntimeException e) {
      return false;
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
    if (call.get().conversation() != Call.Conversation.ENDED) {
      // Otherwise it has ended for a reason of its own, and only the line is still open.
      ledger.append(entry(id, HANGUP_REQUESTED, new HangupRequested()));
    }
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

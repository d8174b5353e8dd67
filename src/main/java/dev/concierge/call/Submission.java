package dev.concierge.call;

import dev.concierge.call.CallFact.SubmissionFailed;
import dev.concierge.call.CallFact.SubmissionUncertain;
import dev.concierge.call.CallFact.Submitted;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Asks the carrier for a call, and makes a fact of its answer.
 *
 * <p>Only a carrier that says it is asked too much is asked again, because then it is certain that
 * no phone rings: a few times, each after twice as long a pause, and unless a client has hung up
 * meanwhile.
 */
final class Submission {

  /** Twilio takes one call a second from a new account; a client should not wait much longer. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));

  /** How the thread waits. */
  interface Pause {
    void await(Duration length) throws InterruptedException;
  }

  private final Carrier carrier;
  private final Pause pause;
  private final Predicate<CallId> isCalledOff;

  /**
   * @param isCalledOff whether a client has asked for the call's end
   */
  Submission(Carrier carrier, Pause pause, Predicate<CallId> isCalledOff) {
    this.carrier = carrier;
    this.pause = pause;
    this.isCalledOff = isCalledOff;
  }

  /** Blocks until the carrier has answered, or until that is not to be hoped for. */
  CallFact submit(CallId id, ReservationRequest request) {
    for (Duration length : PAUSES) {
      CallFact answer = ask(id, request);
      if (!isAskedTooMuch(answer) || !waited(length)) {
        return answer;
      }
      if (isCalledOff.test(id)) {
        return new SubmissionFailed(EndedReason.CLIENT_HUNG_UP, null, "before it was dialled");
      }
    }
    return ask(id, request);
  }

  private CallFact ask(CallId id, ReservationRequest request) {
    try {
      return new Submitted(carrier.dial(id, request));
    } catch (CarrierRefusedException e) {
      return new SubmissionFailed(e.reason(), e.code(), e.words());
    } catch (CarrierUncertainException e) {
      return new SubmissionUncertain(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A fault of ours, perhaps after the carrier had heard us: nobody knows what it did.
      return new SubmissionUncertain(e.getClass().getName());
    }
  }

  private static boolean isAskedTooMuch(CallFact answer) {
    return answer instanceof SubmissionFailed failed
        && failed.reason() == EndedReason.CARRIER_RATE_LIMITED;
  }

  private boolean waited(Duration length) {
    try {
      pause.await(length);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

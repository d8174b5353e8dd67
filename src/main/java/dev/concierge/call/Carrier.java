package dev.concierge.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The port to whoever places telephone calls. Every method blocks until the carrier answered. */
public interface Carrier {

  /**
   * Asks for one call, once: an implementation never repeats the request.
   *
   * @return the carrier's name for the call
   * @throws CarrierRefusedException if the carrier said no, so that no phone rings; with {@link
   *     EndedReason#CARRIER_RATE_LIMITED} where the same request may do later
   * @throws CarrierUncertainException if its answer never came, so that a phone may ring
   */
  String dial(CallId id, ReservationRequest request)
      throws CarrierRefusedException, CarrierUncertainException;

  /**
   * Ends a call: cancels it while nobody has answered, hangs up otherwise. A call that is already
   * over is a success.
   *
   * @param known the last status we know of
   * @throws CarrierUncertainException if the carrier did not answer or refused; ask again later
   */
  void hangUp(String carrierCallId, CallStatus known) throws CarrierUncertainException;

  /**
   * What the carrier knows of a call; empty if it knows no such call.
   *
   * @throws CarrierUncertainException if the carrier did not answer or refused; ask again later
   */
  Optional<CarrierCall> fetch(String carrierCallId) throws CarrierUncertainException;

  /**
   * The calls that were placed to that number between those two times, to the second and both
   * included, for a submission whose answer never came. One of which the carrier does not tell the
   * time is among them.
   *
   * @throws CarrierUncertainException if the carrier did not answer or refused; ask again later
   */
  List<CarrierCall> placed(PhoneNumber to, Instant from, Instant until)
      throws CarrierUncertainException;

  /** A call as the carrier sees it. */
  record CarrierCall(String carrierCallId, CallStatus status) {}
}

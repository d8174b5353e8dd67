package dev.concierge.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A carrier that does as it is told and notes what it was asked. */
final class FakeCarrier implements Carrier {

  /** How a dial is answered. */
  interface Dial {
    String dial(CallId id) throws CarrierRefusedException, CarrierUncertainException;
  }

  Dial dial = id -> "CA1";
  final List<CallId> dialled = new ArrayList<>();
  final List<String> hungUp = new ArrayList<>();
  final Map<String, CallStatus> known = new HashMap<>();
  final Set<String> unanswering = new HashSet<>();

  /** Calls that nobody was told of, and when they were created. */
  final Map<CarrierCall, Instant> placed = new LinkedHashMap<>();

  /** What happens while a call is looked for. */
  Runnable meanwhile = () -> {};

  @Override
  public String dial(CallId id, ReservationRequest request)
      throws CarrierRefusedException, CarrierUncertainException {
    dialled.add(id);
    return dial.dial(id);
  }

  @Override
  public void hangUp(String carrierCallId, CallStatus status) throws CarrierUncertainException {
    requireAnswer(carrierCallId);
    hungUp.add(carrierCallId);
  }

  @Override
  public Optional<CarrierCall> fetch(String carrierCallId) throws CarrierUncertainException {
    requireAnswer(carrierCallId);
    return Optional.ofNullable(known.get(carrierCallId))
        .map(status -> new CarrierCall(carrierCallId, status));
  }

  private void requireAnswer(String carrierCallId) throws CarrierUncertainException {
    if (unanswering.contains(carrierCallId)) {
      throw new CarrierUncertainException("no answer about " + carrierCallId);
    }
  }

  @Override
  public List<CarrierCall> placed(PhoneNumber to, Instant from, Instant until) {
    meanwhile.run();
    return placed.entrySet().stream()
        .filter(call -> !call.getValue().isBefore(from) && !call.getValue().isAfter(until))
        .map(Map.Entry::getKey)
        .toList();
  }
}

package dev.concierge.resources;

import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.Carrier;
import dev.concierge.call.CarrierRefusedException;
import dev.concierge.call.CarrierUncertainException;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.ReservationRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A carrier that accepts every call under a name of its own, until it is told to do otherwise. */
final class ScriptedCarrier implements Carrier {

  final List<ReservationRequest> dialled = new CopyOnWriteArrayList<>();
  final List<String> hungUp = new CopyOnWriteArrayList<>();

  /** What it says no with. */
  volatile CarrierRefusedException refusal;

  /** Whether its answers get lost. */
  volatile boolean away;

  /** What happens while it is being asked to dial. */
  volatile Runnable whileDialling = () -> {};

  void reset() {
    dialled.clear();
    hungUp.clear();
    refusal = null;
    away = false;
    whileDialling = () -> {};
  }

  static String nameOf(CallId id) {
    return "CA" + id.value().replace("-", "");
  }

  @Override
  public String dial(CallId id, ReservationRequest request)
      throws CarrierRefusedException, CarrierUncertainException {
    answer();
    if (refusal != null) {
      throw refusal;
    }
    dialled.add(request);
    whileDialling.run();
    return nameOf(id);
  }

  @Override
  public void hangUp(String carrierCallId, CallStatus known) throws CarrierUncertainException {
    answer();
    hungUp.add(carrierCallId);
  }

  @Override
  public Optional<CarrierCall> fetch(String carrierCallId) {
    return Optional.empty();
  }

  @Override
  public List<CarrierCall> placed(PhoneNumber to, Instant from, Instant until) {
    return List.of();
  }

  private void answer() throws CarrierUncertainException {
    if (away) {
      throw new CarrierUncertainException("read timed out");
    }
  }
}

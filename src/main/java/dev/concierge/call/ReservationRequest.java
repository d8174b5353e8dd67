package dev.concierge.call;

import java.util.Map;
import java.util.Objects;

/**
 * What a client asked of us: whom to phone, for which table.
 *
 * @param to the restaurant's number
 * @param reservation the table, with its date and time resolved
 * @param dateSaid the date as the client said it, such as {@code tomorrow}
 * @param timeSaid the time as the client said it, such as {@code 7pm}
 * @param metadata the client's own labels; kept, never sent to anybody
 */
public record ReservationRequest(
    PhoneNumber to,
    Reservation reservation,
    String dateSaid,
    String timeSaid,
    Map<String, String> metadata) {

  public ReservationRequest {
    Objects.requireNonNull(to, "to is null");
    Objects.requireNonNull(reservation, "reservation is null");
    Objects.requireNonNull(dateSaid, "dateSaid is null");
    Objects.requireNonNull(timeSaid, "timeSaid is null");
    metadata = Map.copyOf(metadata);
  }

  /** The request without the guest. The restaurant is no person, and stays. */
  ReservationRequest withoutPersonalData() {
    return new ReservationRequest(
        to, reservation.withoutPersonalData(), dateSaid, timeSaid, Map.of());
  }
}

package dev.concierge;

import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Reservation;
import dev.concierge.call.ReservationRequest;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;

/** Reservations to test with. */
public final class TestCalls {

  public static final PhoneNumber RESTAURANT = new PhoneNumber("+14155550100");

  private TestCalls() {}

  /** A table for four on 2026-12-01 at 19:00, half an hour either way. */
  public static Reservation reservation() {
    return new Reservation(
        "Demo Restaurant",
        4,
        LocalDate.of(2026, 12, 1),
        LocalTime.of(19, 0),
        ZoneId.of("America/Los_Angeles"),
        30,
        "Alex Doe",
        new PhoneNumber("+14155550199"),
        "a quiet table",
        "en");
  }

  public static ReservationRequest request() {
    return new ReservationRequest(RESTAURANT, reservation(), "2026-12-01", "7pm", Map.of());
  }
}

package dev.concierge.twilio;

import dev.concierge.call.Brief;
import dev.concierge.call.CallId;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Reservation;
import dev.concierge.call.ReservationRequest;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Briefs to test with. */
final class Briefs {

  static final PhoneNumber RESTAURANT = new PhoneNumber("+14155550100");

  private Briefs() {}

  static Brief at(String restaurantName) {
    return new Brief(CallId.random(), table(restaurantName, "Ada", "A quiet corner, please."));
  }

  static Brief withoutExtras() {
    return new Brief(CallId.random(), table("Chez Nous", null, null));
  }

  static ReservationRequest request() {
    var table = table("Chez Nous", "Ada", null);
    return new ReservationRequest(RESTAURANT, table, "tomorrow", "7pm", Map.of());
  }

  private static Reservation table(String restaurantName, String guestName, String requests) {
    return new Reservation(
        restaurantName,
        4,
        LocalDate.of(2026, 12, 24),
        LocalTime.of(19, 0),
        ZoneId.of("America/Los_Angeles"),
        30,
        guestName,
        null,
        requests,
        "en");
  }

  /** Briefs with all texts of these lengths that the arbitraries make. */
  static Arbitrary<Brief> with(
      Arbitrary<String> restaurantName,
      Arbitrary<String> guestName,
      Arbitrary<String> requests,
      Arbitrary<String> language) {
    var when =
        Combinators.combine(
                Arbitraries.longs().between(0, 60_000),
                Arbitraries.integers().between(0, 24 * 60 - 1),
                Arbitraries.of(ZoneId.getAvailableZoneIds()))
            .as(When::new);
    return Combinators.combine(
            when,
            Arbitraries.integers().between(1, Integer.MAX_VALUE),
            Arbitraries.integers().between(0, Integer.MAX_VALUE),
            restaurantName,
            guestName.injectNull(0.2),
            Arbitraries.strings()
                .numeric()
                .ofLength(14)
                .map(d -> "+1" + d)
                .map(PhoneNumber::new)
                .injectNull(0.2),
            requests.injectNull(0.2),
            language)
        .as(
            (at, guests, window, restaurant, guest, callback, wishes, spoken) ->
                new Brief(
                    new CallId(new UUID(guests, window).toString()),
                    new Reservation(
                        restaurant,
                        guests,
                        LocalDate.ofEpochDay(at.day()),
                        LocalTime.ofSecondOfDay(at.minute() * 60L),
                        ZoneId.of(at.zone()),
                        window,
                        guest,
                        callback,
                        wishes,
                        spoken)));
  }

  private record When(long day, int minute, String zone) {}
}

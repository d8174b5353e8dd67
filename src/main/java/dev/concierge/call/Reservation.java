package dev.concierge.call;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The table that is asked for. It travels whole with the call, as Stream parameters.
 *
 * @param restaurantName who is called
 * @param partySize how many guests, 1 or more
 * @param date the day at the restaurant
 * @param time the time of day at the restaurant
 * @param timeZone where the restaurant is
 * @param timeWindowMinutes how far from {@code time} the agent may agree to, 0 for not at all
 * @param guestName whom the table is for
 * @param callbackNumber where the restaurant may reach the guest
 * @param specialRequests anything else to ask for
 * @param language what the agent speaks, as a BCP 47 tag such as {@code en} or {@code fr-CA}
 */
public record Reservation(
    String restaurantName,
    int partySize,
    LocalDate date,
    LocalTime time,
    ZoneId timeZone,
    int timeWindowMinutes,
    @Nullable String guestName,
    @Nullable PhoneNumber callbackNumber,
    @Nullable String specialRequests,
    String language) {

  public Reservation {
    Objects.requireNonNull(restaurantName, "restaurantName is null");
    Objects.requireNonNull(date, "date is null");
    Objects.requireNonNull(time, "time is null");
    Objects.requireNonNull(timeZone, "timeZone is null");
    Objects.requireNonNull(language, "language is null");
    if (partySize < 1) {
      throw new IllegalArgumentException("partySize is less than 1");
    }
    if (timeWindowMinutes < 0) {
      throw new IllegalArgumentException("timeWindowMinutes is negative");
    }
  }

  Reservation withoutPersonalData() {
    return new Reservation(
        restaurantName,
        partySize,
        date,
        time,
        timeZone,
        timeWindowMinutes,
        null,
        null,
        null,
        language);
  }
}

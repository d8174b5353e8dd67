package dev.concierge.agent;

import dev.concierge.call.Reservation;
import java.time.Duration;
import java.time.LocalTime;

/**
 * The times of the asked day that the agent may agree to.
 *
 * @param from the earliest
 * @param to the latest; the window never reaches into another day
 */
record AcceptableTimes(LocalTime from, LocalTime to) {

  private static final LocalTime LAST_MINUTE = LocalTime.of(23, 59);

  static AcceptableTimes of(Reservation reservation) {
    LocalTime time = reservation.time();
    Duration window = Duration.ofMinutes(reservation.timeWindowMinutes());
    Duration sinceMidnight = Duration.between(LocalTime.MIN, time);
    Duration untilMidnight = Duration.between(time, LAST_MINUTE);
    return new AcceptableTimes(
        window.compareTo(sinceMidnight) > 0 ? LocalTime.MIN : time.minus(window),
        window.compareTo(untilMidnight) > 0 ? LAST_MINUTE : time.plus(window));
  }

  boolean contains(LocalTime time) {
    return !time.isBefore(from) && !time.isAfter(to);
  }
}

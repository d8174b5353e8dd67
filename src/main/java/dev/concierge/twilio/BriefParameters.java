package dev.concierge.twilio;

import dev.concierge.call.Brief;
import dev.concierge.call.CallId;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Reservation;
import dev.concierge.twilio.ParametersRefusedException.Reason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A brief as names and values, and back. What it does not ask for is left out. */
final class BriefParameters {

  private BriefParameters() {}

  static Map<String, String> of(Brief brief) {
    Reservation table = brief.reservation();
    Map<String, String> parameters = new HashMap<>();
    parameters.put("call_id", brief.callId().value());
    parameters.put("restaurant_name", table.restaurantName());
    parameters.put("party_size", Integer.toString(table.partySize()));
    parameters.put("date", table.date().toString());
    parameters.put("time", table.time().toString());
    parameters.put("time_zone", table.timeZone().getId());
    parameters.put("time_window_minutes", Integer.toString(table.timeWindowMinutes()));
    parameters.put("language", table.language());
    PhoneNumber callback = table.callbackNumber();
    putIfAsked(parameters, "guest_name", table.guestName());
    putIfAsked(parameters, "callback_number", callback == null ? null : callback.e164());
    putIfAsked(parameters, "special_requests", table.specialRequests());
    return parameters;
  }

  private static void putIfAsked(
      Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }

  static Brief read(Map<String, String> parameters) throws ParametersRefusedException {
    try {
      String callback = parameters.get("callback_number");
      return new Brief(
          new CallId(required(parameters, "call_id")),
          new Reservation(
              required(parameters, "restaurant_name"),
              Integer.parseInt(required(parameters, "party_size")),
              LocalDate.parse(required(parameters, "date")),
              LocalTime.parse(required(parameters, "time")),
              ZoneId.of(required(parameters, "time_zone")),
              Integer.parseInt(required(parameters, "time_window_minutes")),
              parameters.get("guest_name"),
              callback == null ? null : new PhoneNumber(callback),
              parameters.get("special_requests"),
              required(parameters, "language")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ParametersRefusedException(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static String required(Map<String, String> parameters, String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}

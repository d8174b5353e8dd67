package dev.concierge.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.agent.AgentProfile.Tool;
import dev.concierge.agent.ToolResult.Recorded;
import dev.concierge.agent.ToolResult.Refused;
import dev.concierge.call.Outcome;
import dev.concierge.call.Outcome.Result;
import dev.concierge.call.Reservation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tool by which the model records what came of the request.
 *
 * <p>It is also the last guard against claiming a booking that was not asked for: a confirmation of
 * another party, day or time than the guest allowed is refused, and the model told why.
 */
final class OutcomeTool {

  static final Tool DEFINITION =
      new Tool(
          Agent.RECORD_OUTCOME,
          "Records what came of the call, with exactly what was agreed or offered on the phone. Call"
              + " it once, before end_call.",
          """
          {"type":"object","properties":{
            "result":{"type":"string","enum":["confirmed","alternative_offered","declined",\
          "callback_needed","waitlisted","no_phone_bookings","closed","voicemail"],
              "description":"confirmed only if a person clearly said that the table is booked"},
            "date":{"type":"string","description":"the day agreed or offered, YYYY-MM-DD"},
            "time":{"type":"string","description":"the time agreed or offered, HH:MM, 24 hours"},
            "party_size":{"type":"integer","minimum":1},
            "guest_name":{"type":"string","description":"the name the table is under"},
            "confirmation_number":{"type":"string","description":"as given by the restaurant"},
            "note":{"type":"string","description":"anything else the guest should know"}},
           "required":["result"],"additionalProperties":false}""");

  private static final ObjectMapper JSON = new ObjectMapper();

  private OutcomeTool() {}

  static ToolResult call(Reservation reservation, String argumentsJson) {
    try {
      Outcome outcome = read(JSON.readTree(argumentsJson));
      String objection = objection(reservation, outcome);
      return objection == null
          ? new Recorded(outcome, ToolReply.ok("Recorded."))
          : new Refused(ToolReply.error(objection));
    } catch (JsonProcessingException e) {
      return new Refused(ToolReply.error("The arguments are not valid JSON."));
    } catch (DateTimeException e) {
      return new Refused(ToolReply.error("date must be YYYY-MM-DD and time HH:MM."));
    } catch (IllegalArgumentException e) {
      return new Refused(
          ToolReply.error("result must be one of those listed, party_size a number."));
    }
  }

  private static Outcome read(JsonNode arguments) {
    String date = text(arguments, "date");
    String time = text(arguments, "time");
    Result result =
        Result.valueOf(String.valueOf(text(arguments, "result")).toUpperCase(Locale.ROOT));
    if (!result.isAgreedOnTheLine()) {
      throw new IllegalArgumentException("not a result of a conversation");
    }
    return new Outcome(
        result,
        date == null ? null : LocalDate.parse(date),
        time == null ? null : LocalTime.parse(time),
        partySize(arguments.get("party_size")),
        text(arguments, "guest_name"),
        text(arguments, "confirmation_number"),
        text(arguments, "note"));
  }

  private static @Nullable Integer partySize(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    return Integer.valueOf(value.asText());
  }

  private static @Nullable String text(JsonNode arguments, String name) {
    JsonNode value = arguments.get(name);
    return value == null || value.isNull() || value.asText().isBlank()
        ? null
        : value.asText().trim();
  }

  /** Why the outcome must not be recorded as it is; {@code null} if it may. */
  private static @Nullable String objection(Reservation asked, Outcome outcome) {
    if (outcome.result() != Result.CONFIRMED) {
      return null;
    }
    LocalDate date = outcome.date();
    LocalTime time = outcome.time();
    Integer partySize = outcome.partySize();
    if (date == null || time == null || partySize == null) {
      return "A confirmation needs date, time and party_size.";
    }
    boolean allowed =
        date.equals(asked.date())
            && partySize == asked.partySize()
            && AcceptableTimes.of(asked).contains(time);
    return allowed
        ? null
        : "That is not what the guest asked for, so it may not be accepted. Tell the restaurant, and"
            + " record alternative_offered instead.";
  }
}

package dev.concierge.call;

import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallFact.TurnSpoken;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Values for tests that need a call, whichever. */
public final class SampleCalls {

  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

  private SampleCalls() {}

  public static ReservationRequest request() {
    return request("Chez Émile");
  }

  public static ReservationRequest request(String restaurant) {
    return new ReservationRequest(
        new PhoneNumber("+14155550100"),
        new Reservation(
            restaurant,
            4,
            LocalDate.of(2026, 11, 21),
            LocalTime.of(19, 0),
            ZoneId.of("America/Los_Angeles"),
            30,
            "Ada Lovelace",
            new PhoneNumber("+14155550199"),
            "a high chair; say \"hello\"",
            "en"),
        "tomorrow",
        "7pm",
        Map.of("order", "a-1"));
  }

  public static LedgerEntry requested(CallId id, Instant at) {
    return entry(id, FactSource.DESK, 0, at, new Requested(request()));
  }

  public static LedgerEntry entry(
      CallId id, FactSource source, long sequence, Instant at, CallFact fact) {
    return new LedgerEntry(id, source, sequence, at, fact);
  }

  public static StatusReported status(CallStatus status) {
    return new StatusReported(status, "CA1", null, Map.of("CallStatus", status.word()));
  }

  public static ConversationStarted conversationStarted() {
    return new ConversationStarted("MZ1", "CA1");
  }

  public static ConversationEnded conversationEnded(EndedReason reason) {
    return new ConversationEnded(
        reason,
        null,
        new ConversationSummary(1000, 300L, List.of(700L, 900L), 1, 8000, 4000, 0, Usage.NONE));
  }

  public static TurnSpoken turn(Turn.Speaker speaker, String text, long startedMs) {
    return new TurnSpoken(new Turn(speaker, text, null, startedMs, startedMs + 500, false));
  }
}

package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.Call.Conversation;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.ConversationSummary;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import dev.concierge.call.Outcome.Result;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Reservation;
import dev.concierge.call.ReservationRequest;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import dev.concierge.call.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Calls as a busy desk would have them, spread evenly over a year: 20,000 restaurants, eight of ten
 * calls answered, some ten turns a call, words as often as in any language. The same each time.
 */
final class SeedCalls {

  static final Instant START = Instant.parse("2025-11-01T00:00:00Z");
  static final Duration SPAN = Duration.ofDays(365);
  static final int RESTAURANTS = 20_000;
  static final int ORDERS = 200_000;

  private static final int VOCABULARY = 20_000;

  /** Of the answered calls; the others are not answered. */
  private static final int[] TURNS = {10, 12, 13, 15};

  private static final List<String> KINDS =
      List.of("Trattoria", "Bistro", "Chez", "Restaurant", "Casa", "Taverna", "Golden", "Cafe");

  private static final List<String> LINES =
      List.of(
          "Good evening, how can I help you",
          "I would like to book a table please",
          "For how many people would that be",
          "Let me have a look at the book",
          "Yes, we have a table at that time",
          "I am afraid we are full at seven",
          "Could I have the name for the reservation",
          "Thank you very much, see you then");

  private static final List<EndedReason> OTHER_ENDS =
      List.of(
          EndedReason.CALLEE_HUNG_UP,
          EndedReason.SILENCE,
          EndedReason.MAX_DURATION,
          EndedReason.MODEL_LOST);

  private final Random random = new Random(1);
  private final int calls;

  SeedCalls(int calls) {
    this.calls = calls;
  }

  /** A call with the facts that are kept of it here: its request, its turns and its end. */
  record Seed(Call call, List<CallFact> facts) {}

  static String restaurant(int number) {
    return KINDS.get(number % KINDS.size()) + " " + word(number % 997) + " " + number;
  }

  static PhoneNumber number(int restaurant) {
    return new PhoneNumber("+1415" + (5_000_000 + restaurant));
  }

  /** A made-up word; the lower its rank the more often it is said. */
  static String word(int rank) {
    StringBuilder word = new StringBuilder();
    for (int rest = rank + 30; rest > 0; rest /= 20) {
      word.append("bdfgklmnprstvzchjwqx".charAt(rest % 20)).append("aeiou".charAt(rest % 5));
    }
    return word.toString();
  }

  Seed call(int index) {
    int restaurant = random.nextInt(RESTAURANTS);
    Instant at = START.plus(SPAN.multipliedBy(index).dividedBy(calls));
    ReservationRequest request = request(restaurant);
    List<CallFact> facts = new ArrayList<>();
    facts.add(new Requested(request));
    CallId id = new CallId(new UUID(random.nextLong(), random.nextLong()).toString());
    int fate = random.nextInt(100);
    if (fate < 20) {
      return new Seed(unanswered(id, request, at, fate), facts);
    }
    turns(facts);
    ConversationSummary summary = summary(facts.size() - 1);
    EndedReason reason =
        fate < 90 ? EndedReason.AGENT_SAID_GOODBYE : OTHER_ENDS.get(fate % OTHER_ENDS.size());
    facts.add(new ConversationEnded(reason, null, summary));
    Outcome outcome = outcome(fate);
    Instant end = at.plusMillis(5000 + summary.durationMs());
    return new Seed(
        new Call(
            id,
            request,
            at,
            end,
            CallStatus.COMPLETED,
            "CA" + id.value().replace("-", ""),
            reason,
            null,
            outcome,
            at.plusSeconds(5),
            null,
            end,
            null,
            Conversation.ENDED,
            summary,
            false),
        facts);
  }

  private ReservationRequest request(int restaurant) {
    return new ReservationRequest(
        number(restaurant),
        new Reservation(
            restaurant(restaurant),
            1 + random.nextInt(8),
            LocalDate.of(2026, 11, 21),
            LocalTime.of(19, 0),
            ZoneId.of("America/Los_Angeles"),
            30,
            "Ada Lovelace",
            new PhoneNumber("+14155550199"),
            null,
            "en"),
        "tomorrow",
        "7pm",
        Map.of("order", "o-" + random.nextInt(ORDERS)));
  }

  private static Call unanswered(CallId id, ReservationRequest request, Instant at, int fate) {
    CallStatus status =
        fate < 8
            ? CallStatus.BUSY
            : fate < 16
                ? CallStatus.NO_ANSWER
                : fate < 19 ? CallStatus.FAILED : CallStatus.CANCELED;
    return new Call(
        id,
        request,
        at,
        at.plusSeconds(30),
        status,
        "CA" + id.value().replace("-", ""),
        EndedReason.ofStatus(status, null).orElseThrow(),
        null,
        Outcome.of(Result.UNREACHED),
        null,
        null,
        at.plusSeconds(30),
        null,
        Conversation.NONE,
        null,
        false);
  }

  private void turns(List<CallFact> facts) {
    int turns = TURNS[random.nextInt(TURNS.length)];
    for (int i = 0; i < turns; i++) {
      String text =
          LINES.get(random.nextInt(LINES.size())) + ", " + anyWord() + " " + anyWord() + ".";
      Speaker speaker = i % 2 == 0 ? Speaker.HOST : Speaker.AGENT;
      String heard = speaker == Speaker.AGENT ? text : null;
      facts.add(new TurnSpoken(new Turn(speaker, text, heard, i * 4000L, i * 4000L + 3000, false)));
    }
  }

  /** Twice as rare, half as often. */
  private String anyWord() {
    return word((int) Math.exp(random.nextDouble() * Math.log(VOCABULARY)));
  }

  private ConversationSummary summary(int turns) {
    List<Long> responses = new ArrayList<>();
    for (int i = 0; i < turns / 2; i++) {
      responses.add(500L + random.nextInt(900));
    }
    return new ConversationSummary(
        turns * 4000L,
        400L + random.nextInt(800),
        responses,
        random.nextInt(3),
        turns * 32_000L,
        turns * 16_000L,
        0,
        new Usage(900, 400L * turns, 600, 200L * turns, 60L * turns, 40L * turns));
  }

  private static Outcome outcome(int fate) {
    return Outcome.of(
        fate == 20
            ? Result.WAITLISTED
            : fate < 70 ? Result.CONFIRMED : fate < 85 ? Result.DECLINED : Result.CLOSED);
  }
}

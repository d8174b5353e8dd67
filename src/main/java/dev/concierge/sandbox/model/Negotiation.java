package dev.concierge.sandbox.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gets a table from a restaurant: asks, answers, weighs what is offered, reads back what was
 * agreed.
 *
 * <p>Not thread-safe: its mind owns it.
 */
final class Negotiation {

  /** These count before any time or question in the same line, the others after. */
  private static final Set<Intent> DECISIVE = EnumSet.range(Intent.VOICEMAIL, Intent.CONFIRMED);

  /** A line that is none of these is a greeting as long as nobody has introduced himself. */
  private static final Set<Intent> BEFORE_GREETING =
      EnumSet.of(
          Intent.VOICEMAIL, Intent.CLOSED, Intent.ONLINE_ONLY, Intent.CALL_BACK, Intent.HOLD);

  private final Briefing briefing;
  private final Briefing.Request request;
  private final Answers answers;
  private LocalTime agreed;
  private @Nullable String confirmationNumber;
  private boolean introduced;
  private boolean askedToBook;
  private boolean askedToConfirm;
  private boolean awaitingYes;

  Negotiation(Briefing briefing, Briefing.Request request) {
    this.briefing = briefing;
    this.request = request;
    this.answers = new Answers(briefing, request);
    this.agreed = request.time();
  }

  Answers answers() {
    return answers;
  }

  /** The time that is asked for, or was agreed instead. */
  LocalTime agreed() {
    return agreed;
  }

  /** Speaks first, or goes on where nothing was said to answer. */
  Move open() {
    boolean first = !introduced;
    introduced = true;
    return Move.say(first ? answers.opening() : answers.request());
  }

  /**
   * Answers a line; empty if it makes no sense here. Whatever was said first is taken for a
   * greeting, understood or not: on the telephone the first word is often clipped.
   */
  Optional<Move> answer(String heard) {
    if (!introduced) {
      return Optional.of(firstOf(BEFORE_GREETING, heard).orElseGet(this::open));
    }
    return firstOf(DECISIVE, heard)
        .or(() -> offer(heard))
        .or(() -> questions(heard))
        .or(() -> firstOf(EnumSet.complementOf(EnumSet.copyOf(DECISIVE)), heard));
  }

  /** What the restaurant holds or offers, when it may not be agreed to. */
  Move refused() {
    return new Move(
        "I am sorry, I may not agree to that. I will tell the guest.",
        Outcomes.table("alternative_offered", briefing, request.date(), agreed, null));
  }

  private Optional<Move> firstOf(Set<Intent> intents, String heard) {
    return intents.stream().filter(i -> i.isIn(heard)).findFirst().map(i -> to(i, heard));
  }

  private Move to(Intent intent, String heard) {
    return switch (intent) {
      case VOICEMAIL -> new Move("", Outcomes.of("voicemail", null));
      case CLOSED -> regret("closed", heard);
      case ONLINE_ONLY -> regret("no_phone_bookings", heard);
      case WAITLIST -> waitlist();
      case FULL -> offer(heard).orElseGet(() -> regret("declined", heard));
      case CALL_BACK -> regret("callback_needed", heard);
      case CONFIRMED -> confirmed(heard);
      case ARE_YOU_A_MACHINE ->
          Move.say("Yes, I am an AI assistant calling for " + answers.guest() + ".");
      case READ_BACK -> Move.say("Yes, that is right, thank you.");
      case HOLD -> Move.HOLD;
      case REPEAT -> awaitingYes ? readBack() : Move.say(answers.request());
      case STILL_THERE -> Move.say("Yes, I am here. " + answers.request());
      case NO -> no(heard);
      case BACK -> Move.say("No problem. " + answers.request());
      case GREETING -> Move.say(answers.request());
      case AVAILABLE, YES, THANKS -> yes();
      case GOODBYE -> goodbye(heard);
    };
  }

  private Move regret(String result, String heard) {
    return new Move("I understand. I will tell the guest.", Outcomes.of(result, heard));
  }

  private Move waitlist() {
    return new Move(
        "Yes, please put us on the waiting list.",
        Outcomes.table("waitlisted", briefing, request.date(), agreed, null));
  }

  /** A time or a day other than the agreed one is an offer. */
  private Optional<Move> offer(String heard) {
    Optional<LocalDate> otherDay = otherDay(heard);
    List<LocalTime> times =
        SpokenTimes.in(heard, agreed).stream().filter(time -> !time.equals(agreed)).toList();
    if (otherDay.isPresent()) {
      return Optional.of(decline(otherDay.get(), times.isEmpty() ? agreed : times.get(0)));
    }
    return times.stream()
        .filter(briefing::accepts)
        .findFirst()
        .map(time -> accept(time, heard))
        .or(() -> times.stream().findFirst().map(time -> decline(request.date(), time)));
  }

  private Optional<LocalDate> otherDay(String heard) {
    DayOfWeek asked = request.date().getDayOfWeek();
    List<DayOfWeek> days = SpokenTimes.daysIn(heard);
    return days.contains(asked)
        ? Optional.empty()
        : days.stream().findFirst().map(day -> request.date().with(TemporalAdjusters.next(day)));
  }

  private Move accept(LocalTime time, String heard) {
    agreed = time;
    awaitingYes = false;
    askedToBook = true;
    List<Question> questions = Question.in(heard);
    return Move.say(
        "%s is fine, thank you. %s"
            .formatted(
                Spoken.time(time),
                questions.isEmpty() ? answers.bookIt() : answers.to(questions, agreed)));
  }

  private Move decline(LocalDate date, LocalTime time) {
    return new Move(
        "I am sorry, %s at %s is not what I may book. I will check with the guest."
            .formatted(Spoken.day(date), Spoken.time(time)),
        Outcomes.table("alternative_offered", briefing, date, time, null));
  }

  private Optional<Move> questions(String heard) {
    List<Question> questions = Question.in(heard);
    return questions.isEmpty()
        ? Optional.empty()
        : Optional.of(Move.say(answers.to(questions, agreed)));
  }

  /** The table is booked, they say: at the agreed time, or else this is put right first. */
  private Move confirmed(String heard) {
    Optional<LocalTime> other =
        SpokenTimes.in(heard, agreed).stream().filter(time -> !time.equals(agreed)).findFirst();
    if (other.isPresent() && !briefing.accepts(other.get())) {
      return Move.say(
          "I am sorry, the guest asked for %s. Could you change it to that?"
              .formatted(Spoken.time(agreed)));
    }
    String announced = SpokenDigits.confirmationNumber(heard).orElse(confirmationNumber);
    if (awaitingYes && other.isEmpty() && Objects.equals(announced, confirmationNumber)) {
      return booked();
    }
    agreed = other.orElse(agreed);
    confirmationNumber = announced;
    return readBack();
  }

  private Move readBack() {
    awaitingYes = true;
    return Move.say(answers.readBack(agreed, confirmationNumber));
  }

  private Move booked() {
    return new Move(
        "", Outcomes.table("confirmed", briefing, request.date(), agreed, confirmationNumber));
  }

  private Move yes() {
    if (awaitingYes) {
      return booked();
    }
    if (!askedToBook) {
      askedToBook = true;
      return Move.say("Wonderful. " + answers.bookIt());
    }
    askedToConfirm = true;
    return Move.say("Thank you. Is it booked, and is there a confirmation number?");
  }

  private Move no(String heard) {
    if (!awaitingYes) {
      return askedToConfirm ? readBack() : regret("declined", heard);
    }
    Optional<String> corrected = SpokenDigits.code(heard);
    confirmationNumber = corrected.orElse(null);
    if (corrected.isPresent()) {
      return readBack();
    }
    awaitingYes = false;
    return Move.say("I am sorry. Please tell me again what you have booked.");
  }

  private Move goodbye(String heard) {
    return awaitingYes ? booked() : regret("callback_needed", heard);
  }
}

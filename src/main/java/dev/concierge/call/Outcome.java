package dev.concierge.call;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request.
 *
 * @param result in one word
 * @param date the day agreed or offered
 * @param time the time agreed or offered
 * @param partySize the party agreed or offered
 * @param guestName the name the table is under
 * @param confirmationNumber what the restaurant gave to prove it
 * @param note what a person should know besides
 */
public record Outcome(
    Result result,
    @Nullable LocalDate date,
    @Nullable LocalTime time,
    @Nullable Integer partySize,
    @Nullable String guestName,
    @Nullable String confirmationNumber,
    @Nullable String note) {

  /** What came of a request, in one word. */
  public enum Result {
    CONFIRMED,
    ALTERNATIVE_OFFERED,
    DECLINED,
    CALLBACK_NEEDED,
    WAITLISTED,
    NO_PHONE_BOOKINGS,
    CLOSED,
    VOICEMAIL,
    /** Nobody was spoken to. */
    UNREACHED,
    /** Somebody picked up, and what came of it was not recorded. */
    UNKNOWN;

    /** Whether the agent records this result; the others are what is left when it recorded none. */
    public boolean isAgreedOnTheLine() {
      return this != UNREACHED && this != UNKNOWN;
    }
  }

  public Outcome {
    Objects.requireNonNull(result, "result is null");
  }

  Outcome withoutPersonalData() {
    return new Outcome(result, date, time, partySize, null, null, null);
  }

  /** An outcome about which no more is known than its result. */
  public static Outcome of(Result result) {
    return new Outcome(result, null, null, null, null, null, null);
  }
}

package dev.concierge.resources;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.concierge.call.Outcome;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of a request, as the API shows it; date and time are the restaurant's. */
@JsonNaming(SnakeCaseStrategy.class)
record OutcomeView(
    @Schema(implementation = Outcome.Result.class) String result,
    @Nullable String date,
    @Nullable String time,
    @Nullable Integer partySize,
    @Nullable String guestName,
    @Nullable String confirmationNumber,
    @Nullable String note) {

  static OutcomeView of(Outcome outcome) {
    return new OutcomeView(
        Words.of(outcome.result()),
        Objects.toString(outcome.date(), null),
        Objects.toString(outcome.time(), null),
        outcome.partySize(),
        outcome.guestName(),
        outcome.confirmationNumber(),
        outcome.note());
  }
}

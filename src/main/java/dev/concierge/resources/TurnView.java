package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.concierge.call.Turn;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One utterance, as the API shows it; times in milliseconds since the stream started.
 *
 * @param heardText the part of an agent's turn that was really played
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record TurnView(
    @Schema(implementation = Turn.Speaker.class) String speaker,
    String text,
    @Nullable String heardText,
    long startedMs,
    long endedMs,
    boolean interrupted) {

  static TurnView of(Turn turn) {
    return new TurnView(
        Words.of(turn.speaker()),
        turn.text(),
        turn.heardText(),
        turn.startedMs(),
        turn.endedMs(),
        turn.interrupted());
  }
}

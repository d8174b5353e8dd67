package dev.concierge.resources;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Evidence;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why a call ended, as the API shows it.
 *
 * @param party whose doing it was
 * @param retryable whether the same request may do better another time, as far as the line goes
 * @param evidence what shows that it was so; {@code null} where nobody told more than the reason
 */
record EndedView(
    @Schema(implementation = EndedReason.class) String reason,
    @Schema(implementation = EndedReason.Party.class) String party,
    boolean retryable,
    @Nullable EvidenceView evidence) {

  /**
   * @param sipCode the telephone network's final answer
   * @param code the carrier's or the model vendor's own code
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record EvidenceView(@Nullable Integer sipCode, @Nullable String code, @Nullable String words) {}

  static EndedView of(EndedReason reason, @Nullable Evidence evidence) {
    return new EndedView(
        Words.of(reason),
        Words.of(reason.party()),
        reason.isRetryable(),
        evidence == null
            ? null
            : new EvidenceView(evidence.sipCode(), evidence.code(), evidence.words()));
  }
}

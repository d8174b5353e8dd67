package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.concierge.ledger.CallHistory.StoredFact;
import dev.concierge.ledger.CallJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * One fact, as the API shows it.
 *
 * @param position its place in the ledger; facts after it have a greater one
 * @param source who said it
 * @param sequence the source's own number for it
 * @param at when it happened, as its source tells
 * @param recordedAt when the ledger was told
 * @param fact what was said, by its {@code kind}, as the ledger keeps it
 */
@JsonNaming(SnakeCaseStrategy.class)
record FactView(
    long position,
    String source,
    long sequence,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant recordedAt,
    @Schema(implementation = Object.class) JsonNode fact) {

  static FactView of(StoredFact stored) {
    return new FactView(
        stored.position(),
        stored.entry().source().name(),
        stored.entry().sequence(),
        stored.entry().at(),
        stored.recordedAt(),
        CallJson.mapper().valueToTree(stored.entry().fact()));
  }
}

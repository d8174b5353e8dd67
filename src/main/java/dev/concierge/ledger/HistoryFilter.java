package dev.concierge.ledger;

import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import dev.concierge.call.PhoneNumber;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are meant. Every part must hold; an empty or {@code null} one holds for any call.
 *
 * @param statuses one of these
 * @param restaurant a part of the restaurant's name, in upper or lower case
 * @param createdFrom the earliest moment of asking, inclusive
 * @param createdTo the latest moment of asking, exclusive
 * @param terms all of these were said in the call, by whomever; as {@link SearchTerms} has them
 * @param metadata the client's labels, each with this value
 */
public record HistoryFilter(
    Set<CallStatus> statuses,
    Outcome.@Nullable Result outcome,
    @Nullable EndedReason endedReason,
    @Nullable PhoneNumber to,
    @Nullable String restaurant,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    Set<String> terms,
    Map<String, String> metadata) {

  /** Every call there is. */
  public static final HistoryFilter ANY =
      new HistoryFilter(Set.of(), null, null, null, null, null, null, Set.of(), Map.of());

  public HistoryFilter {
    statuses = Set.copyOf(statuses);
    terms = Set.copyOf(terms);
    metadata = Map.copyOf(metadata);
  }
}

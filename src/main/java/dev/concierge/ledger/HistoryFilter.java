package dev.concierge.ledger;

import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import dev.concierge.call.PhoneNumber;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls to list. Every part must hold; an empty or {@code null} one holds for any call.
 *
 * @param statuses one of these
 * @param restaurant a part of the restaurant's name, in upper or lower case
 * @param createdFrom the earliest moment of asking, inclusive
 * @param createdTo the latest moment of asking, exclusive
 */
public record HistoryFilter(
    Set<CallStatus> statuses,
    Outcome.@Nullable Result outcome,
    @Nullable EndedReason endedReason,
    @Nullable PhoneNumber to,
    @Nullable String restaurant,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo) {

  /** Every call there is. */
  public static final HistoryFilter ANY =
      new HistoryFilter(Set.of(), null, null, null, null, null, null);

  public HistoryFilter {
    statuses = Set.copyOf(statuses);
  }
}

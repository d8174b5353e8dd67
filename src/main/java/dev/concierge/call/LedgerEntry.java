package dev.concierge.call;

import java.time.Instant;
import java.util.Objects;

/**
 * One row of the ledger: what is said of which call, by whom, and when. Unique on (call, source,
 * sequence).
 *
 * @param sequence the source's own number for it; need not be dense
 * @param at when it happened, as its source tells
 */
public record LedgerEntry(
    CallId callId, FactSource source, long sequence, Instant at, CallFact fact) {

  public LedgerEntry {
    Objects.requireNonNull(callId, "callId is null");
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(at, "at is null");
    Objects.requireNonNull(fact, "fact is null");
  }

  /** The entry with nothing in it that tells of a person. */
  public LedgerEntry withoutPersonalData() {
    return new LedgerEntry(callId, source, sequence, at, fact.withoutPersonalData());
  }
}

package dev.concierge.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The port to the persistent ledger. Every method may be called from any thread and may block. */
public interface CallLedger {

  /**
   * Opens a call with its first fact. When this returns the intent is durable.
   *
   * @param requested an entry whose fact is a {@link CallFact.Requested}
   */
  Call open(LedgerEntry requested);

  /**
   * Opens a call as {@link #open(LedgerEntry)} does, under a client's key. Of several who do so at
   * once with the same key, on whichever instance, one opens its call.
   *
   * @return empty, with nothing written, if the key has been used
   */
  Optional<Call> open(LedgerEntry requested, IdempotencyKey key);

  /** What a key of that name was used for. Known for as long as the call is kept. */
  Optional<IdempotencyKey.Use> findByKey(String name);

  /**
   * Adds a fact and moves the call on, in one transaction.
   *
   * @return {@code APPENDED}, or why nothing changed
   */
  Append append(LedgerEntry entry);

  /**
   * Adds facts as {@link #append} does, all of them or none where the ledger can, and cheaper than
   * one by one.
   *
   * @return what became of each, in their order
   */
  default List<Append> appendAll(List<LedgerEntry> entries) {
    return entries.stream().map(this::append).toList();
  }

  /** The call as all its facts make it. */
  Optional<Call> find(CallId id);

  /** The call that the carrier knows by that name. */
  Optional<Call> findByCarrierCallId(String carrierCallId);

  /**
   * Calls that are not {@linkplain Call#isSettled() settled} and of which nothing was heard since
   * then, or that are to be ended; the most silent first.
   */
  List<CallId> unsettled(Instant unheardSince, int limit);

  /**
   * How many other calls to the same number, asked for between those two times (both included), may
   * have reached the carrier without our knowing its name for them.
   */
  long countRivals(Call call, Instant from, Instant until);

  /** What became of an entry. */
  enum Append {
    APPENDED,
    /** The source had already told us a fact under that number. */
    DUPLICATE,
    /** There is no such call. */
    UNKNOWN_CALL
  }
}

package dev.concierge.call;

/**
 * Where facts are left that must not wait for the ledger. A port: the ledger's spool is behind it,
 * so that nobody on the line waits for a database, and what happened while it is away is not lost.
 */
public interface FactSink {

  /** Takes the entry at once, from any thread, and never throws. Entries keep their order. */
  void record(LedgerEntry entry);
}

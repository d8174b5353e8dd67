package dev.concierge.call;

/**
 * Where a conversation leaves its facts. A port: the ledger's spool is behind it, so that nobody on
 * the line waits for a database.
 */
public interface FactSink {

  /** Takes the entry at once, from any thread, and never throws. Entries keep their order. */
  void record(LedgerEntry entry);
}

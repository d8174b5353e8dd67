package dev.concierge.ledger;

import dev.concierge.call.CallLedger;
import dev.concierge.call.FactSink;
import dev.concierge.call.LedgerEntry;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;

/** Writes facts into the ledger from a thread of its own, in the order they came. */
@SuppressWarnings("DoNotCallSuggester")
public final class FactSpool implements FactSink, Managed {

  private final CallLedger ledger;

  public FactSpool(CallLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void record(LedgerEntry entry) {
    throw new UnsupportedOperationException(ledger.toString());
  }

  @Override
  public void start() {}

  @Override
  public void stop() throws InterruptedException {}

  /** How many entries are waiting to be written. */
  public int pending() {
    throw new UnsupportedOperationException();
  }

  /** How many entries were lost. */
  public long dropped() {
    throw new UnsupportedOperationException();
  }

  /** Waits until nothing is pending; {@code false} if that took longer than the limit. */
  public boolean awaitDrained(Duration limit) throws InterruptedException {
    throw new UnsupportedOperationException();
  }
}

package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.LedgerEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The ledger in a relational database. */
@SuppressWarnings("DoNotCallSuggester")
public final class JdbiCallLedger implements CallLedger {

  private final Jdbi jdbi;
  private final Clock clock;

  public JdbiCallLedger(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public Call open(LedgerEntry requested) {
    throw new UnsupportedOperationException(jdbi.toString() + clock);
  }

  @Override
  public Append append(LedgerEntry entry) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Call> find(CallId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Call> unsettled(Instant unheardSince, int limit) {
    throw new UnsupportedOperationException();
  }
}

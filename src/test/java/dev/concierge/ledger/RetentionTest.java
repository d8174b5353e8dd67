package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.SettableClock;
import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.FactSource;
import dev.concierge.call.IdempotencyKey;
import dev.concierge.call.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class RetentionTest {

  @Parameter TestDatabase database;

  private JdbiCallLedger ledger;

  private CallId call(Instant at, String key, boolean over) {
    IdempotencyKey name = new IdempotencyKey(key, "f");
    CallId id = ledger.open(requested(CallId.random(), at), name).orElseThrow().id();
    if (over) {
      ledger.append(entry(id, FactSource.CARRIER_STATUS, 1, at, status(CallStatus.BUSY)));
    }
    return id;
  }

  @Test
  void oldCallsAreForgottenWithAllThatWasToldAboutThem() {
    Jdbi jdbi = database.emptied();
    ledger = new JdbiCallLedger(jdbi, new SettableClock(NOON));
    for (int i = 0; i < 501; i++) {
      call(NOON.minusSeconds(i + 1), "old-" + i, true);
    }
    CallId recent = call(NOON, "recent", true);
    CallId running = call(NOON.minusSeconds(1), "running", false);
    Retention retention = new Retention(jdbi);

    assertThat(retention.forgetBefore(NOON)).isEqualTo(501);

    assertThat(ledger.find(recent)).isPresent();
    assertThat(ledger.find(running)).isPresent();
    assertThat(ledger.findByKey("recent")).isPresent();
    assertThat(ledger.findByKey("old-0")).isEmpty();
    assertThat(count(jdbi, "calls")).isEqualTo(2);
    assertThat(count(jdbi, "facts")).isEqualTo(3);
    assertThat(count(jdbi, "call_terms")).isEqualTo(2);
    assertThat(count(jdbi, "idempotency_keys")).isEqualTo(2);
    assertThat(new Verification(jdbi).all().isWhole()).isTrue();
    assertThat(retention.forgetBefore(NOON)).isZero();
  }

  @Test
  void aRestaurantIsForgottenWithItsLastCall() {
    Jdbi jdbi = database.emptied();
    ledger = new JdbiCallLedger(jdbi, new SettableClock(NOON));
    call(NOON.minusSeconds(1), "old", true);
    call(NOON, "recent", true);
    Retention retention = new Retention(jdbi);

    retention.forgetBefore(NOON);
    assertThat(count(jdbi, "restaurants")).isEqualTo(1);

    retention.forgetBefore(NOON.plusSeconds(1));
    assertThat(count(jdbi, "restaurants")).isZero();
  }

  @Test
  void aRestaurantIsKeptForACallThatIsPlacedMeanwhile() {
    Jdbi jdbi = database.emptied();
    ledger = new JdbiCallLedger(jdbi, new SettableClock(NOON));
    call(NOON.minusSeconds(1), "old", true);
    CompletableFuture<?> forgetting =
        jdbi.inTransaction(
            placing -> {
              place(placing);
              var begun = CompletableFuture.runAsync(() -> new Retention(jdbi).forgetBefore(NOON));
              // It waits for the call, which is committed next; one that did not wait is done.
              begun.copy().completeOnTimeout(null, 500, TimeUnit.MILLISECONDS).join();
              return begun;
            });

    assertThat(forgetting).succeedsWithin(Duration.ofSeconds(10));
    assertThat(count(jdbi, "restaurants")).isEqualTo(1);
  }

  /** What opening a call does in its transaction. */
  private static void place(Handle handle) {
    LedgerEntry requested = requested(CallId.random(), NOON);
    Call call = Call.opened(requested);
    CallRow.of(call, FactChain.EMPTY).insert(handle);
    SearchIndex.add(handle, call, List.of(requested.fact()));
  }

  @Test
  void oldReportsOnUnknownCallsAreForgottenToo() {
    Jdbi jdbi = database.emptied();
    SettableClock clock = new SettableClock(NOON);
    ledger = new JdbiCallLedger(jdbi, clock);
    CallId unknown = CallId.random();
    ledger.append(entry(unknown, FactSource.CARRIER_STATUS, 1, NOON, status(CallStatus.BUSY)));
    clock.advance(Duration.ofSeconds(1));
    ledger.append(entry(unknown, FactSource.CARRIER_STATUS, 2, NOON, status(CallStatus.BUSY)));

    new Retention(jdbi).forgetBefore(NOON.plusSeconds(1));

    assertThat(count(jdbi, "orphan_callbacks")).isEqualTo(1);
  }

  private static long count(Jdbi jdbi, String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
  }
}

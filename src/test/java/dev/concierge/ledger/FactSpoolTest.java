package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.FactSource;
import dev.concierge.call.IdempotencyKey;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.Turn.Speaker;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FactSpoolTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final CallId CALL = CallId.random();

  private final FlakyLedger ledger = new FlakyLedger();
  private FactSpool spool = new FactSpool(ledger);

  @AfterEach
  void stop() throws InterruptedException {
    ledger.away = null;
    ledger.gate.countDown();
    spool.stop();
  }

  /** Keeps what it is told, unless it is away, and holds every write until its gate opens. */
  private static final class FlakyLedger implements CallLedger {
    final List<LedgerEntry> told = new CopyOnWriteArrayList<>();
    final CountDownLatch gate = new CountDownLatch(1);
    volatile RuntimeException away;
    final AtomicInteger tries = new AtomicInteger();
    volatile RuntimeException rejection;
    volatile long rejected = -1;

    @Override
    public Append append(LedgerEntry entry) {
      awaitGate();
      tries.incrementAndGet();
      if (away != null) {
        throw away;
      }
      if (entry.sequence() == rejected) {
        throw rejection;
      }
      boolean again = told.contains(entry);
      told.add(entry);
      return again ? Append.DUPLICATE : Append.APPENDED;
    }

    private void awaitGate() {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new AssertionError("the writer was interrupted", e);
      }
    }

    @Override
    public Optional<Call> open(LedgerEntry requested, IdempotencyKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<IdempotencyKey.Use> findByKey(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Call open(LedgerEntry requested) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Call> find(CallId id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Call> findByCarrierCallId(String carrierCallId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Call> unsettled(Instant unheardSince, int limit) {
      throw new UnsupportedOperationException();
    }
  }

  private static LedgerEntry fact(long sequence) {
    return entry(CALL, FactSource.bridge("MZ1"), sequence, NOON, turn(Speaker.HOST, "Hi", 0));
  }

  private void record(long... sequences) {
    LongStream.of(sequences).forEach(sequence -> spool.record(fact(sequence)));
  }

  private List<Long> told() {
    return ledger.told.stream().map(LedgerEntry::sequence).toList();
  }

  private void open() {
    ledger.gate.countDown();
  }

  @Test
  void recordingDoesNotWaitForTheLedger() throws InterruptedException {
    spool.start();

    record(1, 2, 3);

    assertThat(spool.pending()).isEqualTo(3);
    assertThat(told()).isEmpty();
    open();
    assertThat(spool.awaitDrained(SOON)).isTrue();
    assertThat(told()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void factsAreKeptInOrderWhileTheLedgerIsAway() throws InterruptedException {
    ledger.away = new ConnectionException(new SQLException("connection refused", "08001"));
    open();
    spool.start();
    record(1, 2);
    await().until(() -> ledger.tries.get() > 1);
    record(3);

    assertThat(spool.pending()).isEqualTo(3);
    assertThat(spool.dropped()).isZero();
    ledger.away = null;

    assertThat(spool.awaitDrained(SOON)).isTrue();
    assertThat(told()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aRejectedFactDoesNotHoldUpTheOthers() throws InterruptedException {
    ledger.rejected = 2;
    ledger.rejection = new IllegalStateException(new SQLException("too long", "22001"));
    open();
    spool.start();

    record(1, 2, 3);

    assertThat(spool.awaitDrained(SOON)).isTrue();
    assertThat(told()).containsExactly(1L, 3L);
    assertThat(spool.dropped()).isEqualTo(1);
  }

  @Test
  void aFactToldAgainIsNoTrouble() throws InterruptedException {
    open();
    spool.start();

    record(1, 1, 2);

    assertThat(spool.awaitDrained(SOON)).isTrue();
    assertThat(told()).containsExactly(1L, 1L, 2L);
    assertThat(spool.dropped()).isZero();
  }

  @Test
  void aFullSpoolLosesTheNewestAndCountsThem() throws InterruptedException {
    spool = new FactSpool(ledger, 2, SOON);
    spool.start();

    record(1, 2, 3, 4);

    assertThat(spool.dropped()).isEqualTo(2);
    open();
    assertThat(spool.awaitDrained(SOON)).isTrue();
    assertThat(told()).containsExactly(1L, 2L);
  }

  @Test
  void stoppingWritesWhatIsQueued() throws InterruptedException {
    record(1, 2, 3);
    open();
    spool.start();

    spool.stop();

    assertThat(told()).containsExactly(1L, 2L, 3L);
    record(4);
    assertThat(spool.dropped()).isEqualTo(1);
    assertThat(spool.pending()).isZero();
  }

  @Test
  void stoppingGivesUpOnALedgerThatStaysAway() throws InterruptedException {
    spool = new FactSpool(ledger, 10, Duration.ofMillis(200));
    ledger.away = new ConnectionException(new SQLException("connection refused", "08001"));
    open();
    spool.start();
    record(1, 2);

    spool.stop();

    assertThat(spool.dropped()).isEqualTo(2);
    assertThat(told()).isEmpty();
  }

  @Test
  void aRealDatabaseThatComesBackGetsEveryFact() throws Exception {
    try (OutageDatabase database = OutageDatabase.start()) {
      JdbiCallLedger real = new JdbiCallLedger(database.jdbi(), Clock.systemUTC());
      real.open(requested(CALL, NOON));
      FactSpool realSpool = new FactSpool(real);
      realSpool.start();
      realSpool.record(fact(1));
      assertThat(realSpool.awaitDrained(SOON)).isTrue();

      database.goAway();
      realSpool.record(fact(2));
      realSpool.record(fact(3));
      assertThat(realSpool.awaitDrained(Duration.ofMillis(300))).isFalse();
      database.comeBack();

      assertThat(realSpool.awaitDrained(SOON)).isTrue();
      assertThat(new CallHistory(database.jdbi()).facts(CALL, 0, 10))
          .extracting(stored -> stored.entry().sequence())
          .containsExactly(0L, 1L, 2L, 3L);
      assertThat(realSpool.dropped()).isZero();
      realSpool.stop();
    }
  }
}

package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.turn;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.FactSource;
import dev.concierge.call.IdempotencyKey;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.Turn.Speaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FactSpoolTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final CallId CALL = CallId.random();

  private final FlakyLedger ledger = new FlakyLedger();
  private final MetricRegistry metrics = new MetricRegistry();

  @TempDir Path folder;

  private Path file;
  private SpoolFile disk;
  private FactSpool spool;

  @BeforeEach
  void makeASpool() throws IOException {
    file = folder.resolve("concierge.spool");
    spool = spool(10_000, SOON);
  }

  private FactSpool spool(int capacity, Duration drainLimit) throws IOException {
    disk = SpoolFile.open(file);
    return new FactSpool(ledger, disk, Path.of(file + ".rejected"), metrics, capacity, drainLimit);
  }

  private void drained() {
    await().atMost(SOON).until(() -> spool.pending() == 0);
  }

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

    @Override
    public List<Append> appendAll(List<LedgerEntry> entries) {
      awaitGate();
      tries.incrementAndGet();
      if (away != null) {
        throw away;
      }
      if (entries.stream().anyMatch(entry -> entry.sequence() == rejected)) {
        throw rejection;
      }
      told.addAll(entries);
      return Collections.nCopies(entries.size(), Append.APPENDED);
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
    public List<CallId> unsettled(Instant unheardSince, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long countRivals(Call call, Instant from, Instant until) {
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

  private static RuntimeException away() {
    return new ConnectionException(new SQLException("connection refused", "08001"));
  }

  @Test
  void recordingDoesNotWaitForTheLedger() {
    spool.start();

    record(1, 2, 3);

    assertThat(spool.pending()).isGreaterThanOrEqualTo(3);
    assertThat(told()).isEmpty();
    open();
    drained();
    assertThat(told()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void factsAreKeptInOrderWhileTheLedgerIsAway() {
    ledger.away = away();
    open();
    spool.start();
    record(1, 2);
    await().until(() -> ledger.tries.get() > 1);
    record(3);
    await().until(() -> disk.lines() == 3);

    ledger.away = null;

    drained();
    assertThat(told()).containsExactly(1L, 2L, 3L);
    assertThat(spool.lost()).isZero();
  }

  @Test
  void aRejectedFactIsKeptApartAndDoesNotHoldUpTheOthers() throws IOException {
    ledger.rejected = 2;
    ledger.rejection = new IllegalStateException(new SQLException("too long", "22001"));
    open();
    spool.start();

    record(1, 2, 3);

    drained();
    assertThat(told()).containsExactly(1L, 3L);
    assertThat(counted("rejected")).isEqualTo(1);
    byte[] line = Files.readAllLines(Path.of(file + ".rejected")).get(0).getBytes(UTF_8);
    assertThat(SpoolLine.read(line)).isEqualTo(fact(2));
  }

  private long counted(String what) {
    return metrics.counter(MetricRegistry.name(FactSpool.class, what)).getCount();
  }

  @Test
  void aDamagedLineDoesNotHoldUpTheOthers() throws IOException {
    disk.append(List.of(SpoolLine.write(fact(1)), "00000000 {}\n".getBytes(UTF_8)));
    disk.append(List.of(SpoolLine.write(fact(2))));
    open();
    spool.start();

    drained();

    assertThat(told()).containsExactly(1L, 2L);
    assertThat(counted("rejected")).isEqualTo(1);
  }

  @Test
  void aFactToldAgainIsNoTrouble() {
    open();
    spool.start();

    record(1, 1, 2);

    drained();
    assertThat(told()).containsExactly(1L, 1L, 2L);
    assertThat(counted("rejected")).isZero();
  }

  @Test
  void whenTheDiskFailsFactsGoStraightToTheLedger() throws IOException {
    disk.close();
    open();
    spool.start();

    record(1, 2, 3);

    drained();
    assertThat(told()).containsExactly(1L, 2L, 3L);
    assertThat(counted("disk-faults")).isPositive();
    assertThat(spool.lost()).isZero();
  }

  @Test
  void onlyWhenTheDiskAndTheLedgerFailIsTheNewestLostAndCounted() throws Exception {
    spool.stop();
    spool = spool(2, Duration.ofMillis(200));
    disk.close();
    ledger.away = away();
    open();
    spool.start();

    record(1, 2, 3, 4);
    assertThat(spool.lost()).isEqualTo(2);
    ledger.away = null;

    drained();
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
    assertThat(spool.lost()).isEqualTo(1);
    assertThat(spool.pending()).isZero();
  }

  @Test
  void whatWaitsWhenTheServiceStopsIsWrittenAtTheNextStart() throws Exception {
    ledger.away = away();
    open();
    spool.start();
    record(1, 2);

    spool.stop();

    assertThat(spool.lost()).isZero();
    assertThat(told()).isEmpty();
    ledger.away = null;
    spool = spool(10, SOON);
    spool.start();
    drained();
    assertThat(told()).containsExactly(1L, 2L);
    assertThat(Files.size(file)).isZero();
  }

  @Test
  void aLedgerThatHangsDoesNotKeepFactsFromTheDisk() {
    spool.start();

    record(1, 2, 3);

    // The ledger holds the first one, as a database does that has lost its network.
    await().until(() -> disk.lines() == 3);
    assertThat(told()).isEmpty();
  }

  /** As when 600 calls are shut down whose callee's words were never written down by the model. */
  @Test
  void nothingIsLostWhenManyCallsEndAtOnce() throws Exception {
    spool.stop();
    spool = new FactSpool(ledger, file, metrics);

    // Not started: the disk could not be slower.
    record(LongStream.range(0, 600 * 60).toArray());

    assertThat(spool.lost()).isZero();
  }

  @ParameterizedTest
  @EnumSource(OutageDatabase.Kind.class)
  void aRealDatabaseThatComesBackGetsEveryFactOnce(OutageDatabase.Kind kind) throws Exception {
    spool.stop();
    try (OutageDatabase database = kind.start()) {
      JdbiCallLedger real = new JdbiCallLedger(database.jdbi(), Clock.systemUTC());
      real.open(requested(CALL, NOON));
      spool = new FactSpool(real, file, metrics);
      spool.start();
      record(1);
      drained();

      database.goAway();
      record(2, 3);
      spool.stop();
      // Another process, while the database is still away: what waited still waits.
      spool = new FactSpool(real, file, metrics);
      spool.start();
      record(4);
      await().until(() -> spool.pending() == 3);
      database.comeBack();

      drained();
      assertThat(new CallHistory(database.jdbi()).facts(CALL, 0, 10))
          .extracting(stored -> stored.entry().sequence())
          .containsExactly(0L, 1L, 2L, 3L, 4L);
      assertThat(spool.lost()).isZero();
      spool.stop();
    }
  }
}

package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger.Append;
import dev.concierge.call.CallStatus;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {

  private static final CallId CALL = CallId.random();
  private static final long FAULTY = 3;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<List<Long>> transactions = new ArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final Semaphore gate = new Semaphore(0);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final GroupCommit commit = new GroupCommit(this::write, 4, LONG, LONG);
  private volatile boolean away;
  private volatile boolean broken;
  private volatile boolean deadlocks;

  /** A transaction that ends when it may, and rejects one entry. Odd ones were told before. */
  private List<Append> write(List<LedgerEntry> entries) {
    begun.incrementAndGet();
    gate.acquireUninterruptibly();
    synchronized (transactions) {
      transactions.add(entries.stream().map(LedgerEntry::sequence).toList());
    }
    if (away) {
      throw new ConnectionException(new SQLException("gone", "08006"));
    }
    if (deadlocks && entries.size() > 1) {
      throw new IllegalStateException(new SQLException("deadlock detected", "40P01"));
    }
    if (broken) {
      throw new AssertionError("broken");
    }
    if (entries.stream().anyMatch(entry -> entry.sequence() == FAULTY)) {
      throw new IllegalArgumentException("not this one");
    }
    return entries.stream()
        .map(entry -> entry.sequence() % 2 == 0 ? Append.APPENDED : Append.DUPLICATE)
        .toList();
  }

  @AfterEach
  void stop() {
    gate.release(1_000);
    threads.shutdown();
  }

  /** Has the first one write alone, and the others gather meanwhile. */
  private List<CompletableFuture<Append>> tell(long first, long last) {
    List<CompletableFuture<Append>> told = new ArrayList<>();
    LongStream.rangeClosed(first, last)
        .forEach(
            sequence -> {
              told.add(CompletableFuture.supplyAsync(() -> append(sequence), threads));
              int waiting = (int) (sequence - first);
              await()
                  .pollInterval(Duration.ofMillis(1))
                  .until(() -> begun.get() == 1 && commit.waiting() == waiting);
            });
    return told;
  }

  private Append append(long sequence) {
    return commit.append(fact(sequence));
  }

  private static LedgerEntry fact(long sequence) {
    return entry(CALL, FactSource.CARRIER_STATUS, sequence, NOON, status(CallStatus.RINGING));
  }

  private static void assertThatItFailsWith(
      Class<? extends Throwable> fault, CompletableFuture<Append> told) {
    assertThat(told)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(fault);
  }

  @Test
  void thoseWhoComeWhileOneWritesShareATransaction() {
    List<CompletableFuture<Append>> told = tell(4, 7);

    gate.release(2);

    assertThat(told)
        .extracting(CompletableFuture::join)
        .containsExactly(Append.APPENDED, Append.DUPLICATE, Append.APPENDED, Append.DUPLICATE);
    assertThat(transactions).containsExactly(List.of(4L), List.of(5L, 6L, 7L));
  }

  @Test
  void whoeverComesLaterWritesAtOnce() {
    gate.release(2);

    append(4);
    append(6);

    assertThat(transactions).containsExactly(List.of(4L), List.of(6L));
  }

  @Test
  void aGroupIsNoLargerThanATransactionShouldBe() {
    List<CompletableFuture<Append>> told = tell(1_000, 1_130);

    gate.release(3);

    assertThat(told).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(10)));
    assertThat(transactions).extracting(List::size).containsExactly(1, 100, 30);
  }

  @Test
  void anEntryThatIsRejectedTakesNoOtherWithIt() {
    List<CompletableFuture<Append>> told = tell(2, 4);

    gate.release(4);

    assertThat(told.get(0).join()).isEqualTo(Append.APPENDED);
    assertThatItFailsWith(IllegalArgumentException.class, told.get(1));
    assertThat(told.get(2).join()).isEqualTo(Append.APPENDED);
    assertThat(transactions)
        .containsExactlyInAnyOrder(List.of(2L), List.of(3L, 4L), List.of(3L), List.of(4L));
  }

  @Test
  void whileTheDatabaseIsAwayAllAreToldAtOnceAndTheNextOneTriesAgain() {
    away = true;
    List<CompletableFuture<Append>> told = tell(4, 6);
    gate.release(2);

    assertThat(told).allSatisfy(one -> assertThatItFailsWith(ConnectionException.class, one));
    away = false;
    gate.release(1);

    assertThat(append(8)).isEqualTo(Append.APPENDED);
    assertThat(transactions).containsExactly(List.of(4L), List.of(5L, 6L), List.of(8L));
  }

  @Test
  void aFaultThatMayPassIsTriedAgainOneByOne() {
    deadlocks = true;
    List<CompletableFuture<Append>> told = tell(4, 6);
    gate.release(4);

    assertThat(told)
        .extracting(CompletableFuture::join)
        .containsExactly(Append.APPENDED, Append.DUPLICATE, Append.APPENDED);
    assertThat(transactions)
        .containsExactly(List.of(4L), List.of(5L, 6L), List.of(5L), List.of(6L));
  }

  @Test
  void anErrorOfOurOwnLeavesNobodyWaiting() {
    broken = true;
    List<CompletableFuture<Append>> told = tell(4, 6);
    gate.release(4);

    assertThat(told).allSatisfy(one -> assertThatItFailsWith(AssertionError.class, one));
    broken = false;
    gate.release(1);

    assertThat(append(8)).isEqualTo(Append.APPENDED);
  }

  private CompletableFuture<Append> tell(GroupCommit commit, long sequence) {
    return CompletableFuture.supplyAsync(() -> commit.append(fact(sequence)), threads);
  }

  @Test
  void whoeverWaitsForATransactionThatHangsWritesBesideItForAllWhoWait() {
    GroupCommit two = new GroupCommit(this::write, 2, Duration.ofMillis(500), LONG);
    CompletableFuture<Append> hanging = tell(two, 4);
    await().until(() -> begun.get() == 1);
    List<CompletableFuture<Append>> others = List.of(tell(two, 6), tell(two, 8));

    await().untilAsserted(() -> assertThat(begun).hasValue(2));
    assertThat(two.waiting()).isZero();
    gate.release(2);
    assertThat(hanging.join()).isEqualTo(Append.APPENDED);
    assertThat(others).allSatisfy(one -> assertThat(one.join()).isEqualTo(Append.APPENDED));
    assertThat(transactions).hasSize(2);
  }

  @Test
  void whoeverFindsAllAtWorkWritesInTheEnd() {
    GroupCommit two = new GroupCommit(this::write, 2, SHORT, LONG);
    List<CompletableFuture<Append>> hanging = List.of(tell(two, 4), tell(two, 6));
    await().until(() -> begun.get() == 2);
    CompletableFuture<Append> other = tell(two, 8);
    await().until(() -> two.waiting() == 1);
    gate.release(3);

    assertThat(other.join()).isEqualTo(Append.APPENDED);
    assertThat(hanging).allSatisfy(one -> assertThat(one.join()).isEqualTo(Append.APPENDED));
    gate.release(1);
    assertThat(two.append(fact(10))).isEqualTo(Append.APPENDED);
  }

  @Test
  void whoeverWaitsTooLongIsToldThatTheDatabaseCannotBeReached() {
    GroupCommit impatient = new GroupCommit(this::write, 1, SHORT, SHORT);
    CompletableFuture<Append> hanging = tell(impatient, 4);
    await().until(() -> begun.get() == 1);

    assertThatThrownBy(() -> impatient.append(fact(6))).isInstanceOf(ConnectionException.class);

    assertThat(impatient.waiting()).isZero();
    gate.release(1);
    assertThat(hanging.join()).isEqualTo(Append.APPENDED);
    assertThat(transactions).containsExactly(List.of(4L));
  }
}

package dev.concierge.metrics;

import static dev.concierge.call.SampleCalls.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.SettableClock;
import dev.concierge.call.CallStatus;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveCallsTest {

  private final SettableClock clock = new SettableClock(NOON);
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final AtomicInteger questions = new AtomicInteger();

  @AfterEach
  void endTheThread() {
    thread.shutdownNow();
  }

  private LiveCalls asking(Supplier<Map<CallStatus, Long>> ledger) {
    return new LiveCalls(ledger, thread, clock);
  }

  private Map<CallStatus, Long> nextAnswer() {
    return Map.of(CallStatus.RINGING, (long) questions.incrementAndGet());
  }

  @Test
  void anAnswerServesForAWhile() {
    LiveCalls calls = asking(this::nextAnswer);

    assertThat(calls.byStatus()).containsEntry(CallStatus.RINGING, 1L);
    clock.advance(LiveCalls.FRESH.minusMillis(1));
    assertThat(calls.byStatus()).containsEntry(CallStatus.RINGING, 1L);
    clock.advance(LiveCalls.FRESH);
    assertThat(calls.byStatus()).containsEntry(CallStatus.RINGING, 2L);
  }

  @Test
  void aLedgerThatFailsSaysNothingAndIsAskedAgain() {
    LiveCalls calls =
        asking(
            () -> {
              if (questions.get() == 0) {
                questions.incrementAndGet();
                throw new IllegalStateException("away");
              }
              return nextAnswer();
            });

    assertThat(calls.byStatus()).isEmpty();
    clock.advance(LiveCalls.FRESH);
    assertThat(calls.byStatus()).containsEntry(CallStatus.RINGING, 2L);
  }

  @Test
  void aLedgerThatHangsIsNotWaitedForNorAskedMeanwhile() {
    CompletableFuture<Map<CallStatus, Long>> answer = new CompletableFuture<>();
    LiveCalls calls =
        asking(
            () -> {
              questions.incrementAndGet();
              return answer.join();
            });

    assertThat(calls.byStatus()).isEmpty();
    clock.advance(LiveCalls.FRESH);
    assertThat(calls.byStatus()).isEmpty();
    assertThat(questions).hasValue(1);
    answer.complete(Map.of(CallStatus.QUEUED, 3L));
    assertThat(calls.byStatus()).containsEntry(CallStatus.QUEUED, 3L);
  }
}

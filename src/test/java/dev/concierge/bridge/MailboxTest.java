package dev.concierge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {

  @Test
  void whatCameBeforeItWasOpenedIsHandledInOrder() {
    List<Integer> handled = new ArrayList<>();
    Mailbox<Integer> mailbox = new Mailbox<>(10, handled::add);
    mailbox.post(1);
    mailbox.post(2);
    assertThat(handled).isEmpty();
    mailbox.open();
    mailbox.post(3);
    assertThat(handled).containsExactly(1, 2, 3);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Mailbox<Integer> mailbox = new Mailbox<>(2, input -> {});
    assertThat(mailbox.post(1)).isTrue();
    assertThat(mailbox.post(2)).isTrue();
    assertThat(mailbox.post(3)).isFalse();
    mailbox.open();
    assertThat(mailbox.post(4)).isTrue();
  }

  @Test
  void aHandlerThatPostsIsNotEnteredTwice() {
    List<String> handled = new ArrayList<>();
    List<Mailbox<Integer>> self = new ArrayList<>();
    Mailbox<Integer> mailbox =
        new Mailbox<>(
            10,
            input -> {
              handled.add("begin " + input);
              if (input < 2) {
                self.get(0).post(input + 1);
              }
              handled.add("end " + input);
            });
    self.add(mailbox);
    mailbox.open();
    mailbox.post(1);
    assertThat(handled).containsExactly("begin 1", "end 1", "begin 2", "end 2");
  }

  @Test
  void whatCannotBeHandledDoesNotKeepTheOthersWaiting() {
    List<Integer> handled = new ArrayList<>();
    Mailbox<Integer> mailbox =
        new Mailbox<>(
            10,
            input -> {
              if (input == 1) {
                throw new StackOverflowError();
              }
              handled.add(input);
            });
    mailbox.post(1);
    mailbox.post(2);
    mailbox.open();
    mailbox.post(3);
    assertThat(handled).containsExactly(2, 3);
    assertThat(mailbox.size()).isZero();
  }

  @Test
  void manyThreadsAreHandledOneAtATimeAndNothingIsLost() throws InterruptedException {
    int threads = 4;
    int each = 20_000;
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger collisions = new AtomicInteger();
    CountDownLatch handled = new CountDownLatch(threads * each);
    Mailbox<Integer> mailbox =
        new Mailbox<>(
            threads * each,
            input -> {
              if (inside.incrementAndGet() != 1) {
                collisions.incrementAndGet();
              }
              inside.decrementAndGet();
              handled.countDown();
            });
    mailbox.open();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      pool.execute(
          () -> {
            for (int n = 0; n < each; n++) {
              mailbox.post(n);
            }
          });
    }
    pool.shutdown();
    assertThat(handled.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(collisions).hasValue(0);
  }
}

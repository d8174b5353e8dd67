package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.call.PhoneNumber;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FarewellTest {

  private static final PublicUrl PUBLIC_URL = new PublicUrl(URI.create("https://x.example"));

  private final FakeCallsApi api = new FakeCallsApi();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final AtomicInteger hungUp = new AtomicInteger();
  private final TwilioCarrier carrier =
      new TwilioCarrier(
          new TwilioAccount("AC1", "token", new PhoneNumber("+14155550199"), api.baseUrl()),
          PUBLIC_URL,
          new CallTwiml(PUBLIC_URL, new StreamParameters("secret", Clock.systemUTC()), null),
          false,
          Duration.ofSeconds(5));

  FarewellTest() throws IOException {}

  @BeforeEach
  void begin() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    api.close();
  }

  /** The one deadline there is. */
  private Runnable deadlineWithin(long seconds) {
    Runnable only = timer.getQueue().element();
    assertThat(timer.getQueue()).hasSize(1);
    assertThat(((Delayed) only).getDelay(TimeUnit.SECONDS)).isBetween(seconds - 3, seconds);
    return only;
  }

  @Test
  @Behaviour(29)
  void whatIsNotSaidInTimeIsNotWaitedForAndNotSaidLater() {
    new Farewell(carrier, waiting::add, timer).say("CA1", "Sorry.", hungUp::incrementAndGet);
    assertThat(hungUp).hasValue(0);
    deadlineWithin(5).run();
    assertThat(hungUp).hasValue(1);
    waiting.remove().run();
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void aLineOnWhichItIsSaidIsClosedAfterwards() {
    api.answers(200, "{\"sid\":\"CA1\",\"status\":\"in-progress\"}");
    new Farewell(carrier, Runnable::run, timer).say("CA1", "Sorry.", hungUp::incrementAndGet);
    assertThat(api.asked()).hasSize(1);
    assertThat(hungUp).hasValue(0);
    deadlineWithin(10).run();
    assertThat(hungUp).hasValue(1);
  }

  @Test
  void whatThereIsNoRoomForIsNotWaitedFor() {
    new Farewell(
            carrier,
            task -> {
              throw new RejectedExecutionException("full");
            },
            timer)
        .say("CA1", "Sorry.", hungUp::incrementAndGet);
    assertThat(hungUp).hasValue(1);
  }
}

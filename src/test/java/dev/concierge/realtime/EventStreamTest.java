package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.bridge.ModelEvent;
import dev.concierge.call.EndedReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private static final ModelEvent LOST = new ModelEvent.Lost(EndedReason.MODEL_LOST, "gone");

  @Test
  void nothingComesAfterLost() {
    List<ModelEvent> taken = new ArrayList<>();
    EventStream stream = new EventStream(taken::add);

    stream.emit(new ModelEvent.Ready());
    stream.emit(LOST);
    stream.emit(new ModelEvent.Ignored());
    stream.emit(LOST);

    assertThat(taken).containsExactly(new ModelEvent.Ready(), LOST);
  }

  @Test
  void nothingComesAfterAStop() {
    List<ModelEvent> taken = new ArrayList<>();
    EventStream stream = new EventStream(taken::add);

    stream.stop();
    stream.emit(LOST);

    assertThat(taken).isEmpty();
  }

  @Test
  void anEventCausedByTheTakerComesAfterTheOneItIsTaking() {
    List<String> steps = new ArrayList<>();
    AtomicReference<EventStream> stream = new AtomicReference<>();
    stream.set(
        new EventStream(
            event -> {
              steps.add("begin " + event.getClass().getSimpleName());
              if (event instanceof ModelEvent.Ready) {
                stream.get().emit(LOST);
              }
              steps.add("end " + event.getClass().getSimpleName());
            }));

    stream.get().emit(new ModelEvent.Ready());

    assertThat(steps).containsExactly("begin Ready", "end Ready", "begin Lost", "end Lost");
  }

  @Test
  void aTakerThatFailsStillGetsTheNextEvent() {
    List<ModelEvent> taken = new ArrayList<>();
    EventStream stream =
        new EventStream(
            event -> {
              taken.add(event);
              throw new IllegalStateException("on purpose");
            });

    stream.emit(new ModelEvent.Ready());
    stream.emit(LOST);

    assertThat(taken).containsExactly(new ModelEvent.Ready(), LOST);
  }

  @Test
  void manyThreadsAreTakenOneAtATime() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    EventStream stream =
        new EventStream(
            event -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              taken.incrementAndGet();
              inside.decrementAndGet();
            });

    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int n = 0; n < 10_000; n++) {
                  stream.emit(new ModelEvent.Ignored());
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(taken).hasValue(40_000);
    assertThat(most).hasValue(1);
  }
}

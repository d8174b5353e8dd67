package dev.concierge.realtime;

import dev.concierge.bridge.ModelEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A conversation that only notes what it is told. */
final class TakenEvents implements Consumer<ModelEvent> {

  private final List<ModelEvent> taken = new CopyOnWriteArrayList<>();

  @Override
  public void accept(ModelEvent event) {
    taken.add(event);
  }

  List<ModelEvent> all() {
    return taken;
  }

  /** Waits for the first event of a type; generously, as a busy machine is slow. */
  <T extends ModelEvent> T await(Class<T> type) {
    return await(type, Duration.ofSeconds(20));
  }

  <T extends ModelEvent> T await(Class<T> type, Duration atMost) {
    Awaitility.await()
        .alias("an event " + type.getSimpleName() + " among " + taken)
        .atMost(atMost)
        .until(() -> taken.stream().anyMatch(type::isInstance));
    return taken.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }
}

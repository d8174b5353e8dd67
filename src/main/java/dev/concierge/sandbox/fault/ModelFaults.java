package dev.concierge.sandbox.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The faults that hosts have in store for the model's wire. That wire names a call only by its
 * restaurant, and that only when a session is set up: a refusal befalls whoever comes next.
 *
 * <p>Thread-safe.
 */
public final class ModelFaults {

  private final Deque<Expected> expected = new ArrayDeque<>();

  /**
   * A stream has begun; its session is on its way.
   *
   * @return to be run when the stream ends: if no session has come for it, none will
   */
  public synchronized Runnable expect(String restaurant, List<Fault> faults) {
    Expected mine = new Expected(restaurant, faults);
    if (!faults.isEmpty()) {
      expected.add(mine);
    }
    return () -> forget(mine);
  }

  private synchronized void forget(Expected session) {
    expected.remove(session);
  }

  /** A session is to be opened: how that is refused, or empty where it is not. */
  public synchronized Optional<Effect> takeRefusal() {
    return takeFirst(session -> session.refusal().isPresent()).flatMap(Expected::refusal);
  }

  /** A session is set up, and so belongs to a call: what befalls it. */
  public synchronized List<Fault> take(String restaurant) {
    return takeFirst(session -> session.restaurant.equals(restaurant))
        .map(session -> session.faults)
        .orElse(List.of());
  }

  private Optional<Expected> takeFirst(Predicate<Expected> wanted) {
    for (Iterator<Expected> each = expected.iterator(); each.hasNext(); ) {
      Expected session = each.next();
      if (wanted.test(session)) {
        each.remove();
        return Optional.of(session);
      }
    }
    return Optional.empty();
  }

  /** No two are the same, though two calls may be to one host. */
  private static final class Expected {

    private final String restaurant;
    private final List<Fault> faults;

    Expected(String restaurant, List<Fault> faults) {
      this.restaurant = restaurant;
      this.faults = faults;
    }

    Optional<Effect> refusal() {
      return faults.stream().map(Fault::effect).filter(Effect::isAtUpgrade).findFirst();
    }
  }
}

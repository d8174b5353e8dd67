package dev.concierge.sandbox.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The faults that hosts have in store for the model's wire. That wire does not tell whose session
 * it is: a host's faults befall the next session after its stream has begun.
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
  public synchronized Runnable expect(List<Fault> faults) {
    Expected mine = new Expected(faults);
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
    Optional<Effect> refusal =
        Optional.ofNullable(expected.peek())
            .flatMap(
                session ->
                    session.faults.stream()
                        .map(Fault::effect)
                        .filter(Effect::isAtUpgrade)
                        .findFirst());
    refusal.ifPresent(effect -> expected.remove());
    return refusal;
  }

  /** A session has its settings, and so belongs to a call: what befalls it. */
  public synchronized List<Fault> take() {
    Expected session = expected.poll();
    return session == null ? List.of() : session.faults;
  }

  /** No two are the same, though two calls may be to one host. */
  private static final class Expected {

    private final List<Fault> faults;

    Expected(List<Fault> faults) {
      this.faults = faults;
    }
  }
}

package dev.concierge.sandbox.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What one connection sends, and the faults that befall it. Without faults all passes as it is.
 *
 * <p>Not thread-safe: one connection owns it.
 */
public final class FaultyWire {

  private final Line line;
  private final List<Pending> faults = new ArrayList<>();
  private final Queue<String> late = new ArrayDeque<>();
  private @Nullable String swapped;
  private boolean ended;

  /** The connection itself. */
  public interface Line {

    void send(String text);

    /** Reads nothing for that long, in sandbox time. */
    void stall(Duration length);

    /** Breaks it without a word. */
    void cut();

    /** Ends the own direction, and reads on. */
    void halfClose();

    /** Runs a task after that much sandbox time, as the owner of this wire. */
    void after(Duration delay, Runnable task);
  }

  public FaultyWire(Line line) {
    this.line = line;
  }

  /**
   * From now on these happen, too; of those that hit a message the first counts. It is too late for
   * those at the upgrade.
   */
  public void add(List<Fault> more) {
    more.stream()
        .filter(fault -> !fault.effect().isAtUpgrade())
        .forEach(fault -> faults.add(new Pending(fault)));
  }

  /**
   * Sends a message, if nothing happens to it.
   *
   * @param type the vendor's word for it
   */
  public void send(String type, String text) {
    if (!ended) {
      hit(type).ifPresentOrElse(effect -> apply(effect, text), () -> pass(text));
    }
  }

  private Optional<Effect> hit(String type) {
    Effect first = null;
    for (Pending fault : faults) {
      boolean hits = fault.hits(type);
      first = hits && first == null ? fault.fault.effect() : first;
    }
    return Optional.ofNullable(first);
  }

  private void apply(Effect effect, String text) {
    if (effect instanceof Effect.Plain plain) {
      apply(plain, text);
    } else if (effect instanceof Effect.Delay delay) {
      delay(delay.by(), text);
    } else if (effect instanceof Effect.Repeat repeat) {
      for (int i = 0; i < repeat.times(); i++) {
        pass(text);
      }
    } else if (effect instanceof Effect.Replace replace) {
      pass(replace.text());
    } else if (effect instanceof Effect.Stall stall) {
      pass(text);
      line.stall(stall.length());
    } else {
      throw new IllegalStateException("an effect that is not of a message: " + effect);
    }
  }

  private void apply(Effect.Plain effect, String text) {
    switch (effect) {
      case DROP -> {}
      case SWAP -> swap(text);
      case GARBLE -> pass(text.substring(0, text.length() / 2));
      case CUT -> {
        ended = true;
        line.cut();
      }
      case HALF_CLOSE -> {
        ended = true;
        line.halfClose();
      }
      case IGNORE -> throw new IllegalStateException("an effect that is not of a message");
    }
  }

  private void swap(String text) {
    if (swapped == null) {
      swapped = text;
    } else {
      pass(text);
    }
  }

  private void pass(String text) {
    queue(text);
    String held = swapped;
    if (held != null) {
      swapped = null;
      queue(held);
    }
  }

  /** Behind a late message all are late: a connection keeps the order. */
  private void queue(String text) {
    if (late.isEmpty()) {
      line.send(text);
    } else {
      late.add(text);
    }
  }

  private void delay(Duration by, String text) {
    if (late.isEmpty()) {
      line.after(by, this::release);
    }
    late.add(text);
  }

  private void release() {
    for (String text = late.poll(); text != null && !ended; text = late.poll()) {
      line.send(text);
    }
  }

  /** A fault, and how many messages it has seen. */
  private static final class Pending {

    private final Fault fault;
    private long seen;

    Pending(Fault fault) {
      this.fault = fault;
    }

    boolean hits(String type) {
      if (!fault.isAbout(type)) {
        return false;
      }
      long index = seen++ - fault.skip();
      return index >= 0 && (fault.times() == 0 || index < fault.times());
    }
  }
}

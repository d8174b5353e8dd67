package dev.concierge.realtime;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that are connected and wait for a conversation, so that the callee does not wait for TLS
 * and the upgrade.
 *
 * <p>Safe for use by many threads; nothing here blocks.
 */
final class SessionPool {

  /**
   * The vendor ends a session after an hour; a conversation takes ten minutes of it by default, and
   * some are left to spare.
   */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(40);

  private final int size;
  private final RealtimeSockets sockets;
  private final SessionSettings settings;
  private final Clock clock;
  private final Queue<Idle> idle = new ArrayDeque<>();

  private record Idle(RealtimeSession session, Future<?> opening, long sinceMs) {

    void close() {
      session.close();
      opening.cancel(true);
    }
  }

  /**
   * @param size how many sessions wait; may be 0
   * @param clock must not jump
   */
  SessionPool(int size, RealtimeSockets sockets, SessionSettings settings, Clock clock) {
    this.size = size;
    this.sockets = sockets;
    this.settings = settings;
    this.clock = clock;
  }

  /** A session for a conversation to begin; it may be lost already. {@code null} if none waits. */
  synchronized @Nullable RealtimeSession take() {
    Idle oldest = idle.poll();
    return oldest == null ? null : oldest.session();
  }

  /** Lets go of sessions that are lost, silent or too old, and opens what is missing. */
  synchronized void tend() {
    long latestMs = clock.millis() - LONGEST_WAIT.toMillis();
    idle.removeIf(waiting -> !isGood(waiting, latestMs));
    for (int missing = size - idle.size(); missing > 0; missing--) {
      RealtimeSession session = new RealtimeSession(settings);
      idle.add(new Idle(session, sockets.open(session), clock.millis()));
    }
  }

  private static boolean isGood(Idle waiting, long latestMs) {
    RealtimeSession session = waiting.session();
    boolean good = !session.isOver() && waiting.sinceMs() >= latestMs && session.probe();
    if (!good) {
      waiting.close();
    }
    return good;
  }

  /** Closes what waits. Nothing must be taken or tended afterwards. */
  synchronized void close() {
    idle.forEach(Idle::close);
    idle.clear();
  }
}

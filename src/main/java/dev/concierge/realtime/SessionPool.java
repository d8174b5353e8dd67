package dev.concierge.realtime;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that are connected and wait for a conversation, so that the callee does not wait for TLS
 * and the upgrade.
 *
 * <p>Safe for use by many threads; nothing here blocks.
 */
final class SessionPool {

  private static final Logger LOG = LoggerFactory.getLogger(SessionPool.class);

  /**
   * The vendor ends a session after an hour; a conversation takes ten minutes of it by default, and
   * some are left to spare.
   */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(40);

  /** How long nothing is opened after sessions were lost twice in a row; doubled each time. */
  private static final long FIRST_PAUSE_MS = 5_000;

  private static final int MOST_DOUBLINGS = 6;

  private final int size;
  private final RealtimeSockets sockets;
  private final SessionSettings settings;
  private final Clock clock;
  private final Queue<Idle> idle = new ArrayDeque<>();

  /** How many times in a row something was found lost; the service may refuse all we open. */
  private int failures;

  private long pausedUntilMs = Long.MIN_VALUE;

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
    long nowMs = clock.millis();
    int before = idle.size();
    boolean lost = idle.removeIf(waiting -> !isAlive(waiting));
    idle.removeIf(waiting -> isTooOld(waiting, nowMs));
    if (lost) {
      pause(nowMs);
    } else if (before > 0) {
      failures = 0;
    }
    refill();
  }

  /** Opens what is missing, unless the service has just refused what was opened. */
  synchronized void refill() {
    if (clock.millis() < pausedUntilMs) {
      return;
    }
    for (int missing = size - idle.size(); missing > 0; missing--) {
      RealtimeSession session = new RealtimeSession(settings);
      idle.add(new Idle(session, sockets.open(session), clock.millis()));
    }
  }

  /** The first time may be a restart of the service; only then it looks like a refusal. */
  private void pause(long nowMs) {
    failures++;
    if (failures > 1) {
      long pauseMs = FIRST_PAUSE_MS << Math.min(failures - 2, MOST_DOUBLINGS);
      pausedUntilMs = nowMs + pauseMs;
      LOG.warn("the model's waiting sessions are lost; more are opened in {} s", pauseMs / 1_000);
    }
  }

  private static boolean isAlive(Idle waiting) {
    RealtimeSession session = waiting.session();
    boolean alive = !session.isOver() && session.probe();
    if (!alive) {
      waiting.close();
    }
    return alive;
  }

  private static boolean isTooOld(Idle waiting, long nowMs) {
    boolean old = waiting.sinceMs() < nowMs - LONGEST_WAIT.toMillis();
    if (old) {
      waiting.close();
    }
    return old;
  }

  /** Closes what waits. Nothing must be taken or tended afterwards. */
  synchronized void close() {
    idle.forEach(Idle::close);
    idle.clear();
  }
}

package dev.concierge.sandbox.model;

import dev.concierge.sandbox.SandboxTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session has yet to do. Everything runs under the session's lock, on threads that all
 * sessions share; {@link #close} drops what is left.
 */
final class Timers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);

  private final ScheduledExecutorService scheduler;
  private final SandboxTime time;
  private final Object lock;
  private final Set<Future<?>> pending = new HashSet<>();
  private boolean closed;

  /**
   * @param lock held while a task runs, and by whoever calls the methods here
   */
  Timers(ScheduledExecutorService scheduler, SandboxTime time, Object lock) {
    this.scheduler = scheduler;
    this.time = time;
    this.lock = lock;
  }

  /** Runs a task after that much sandbox time. */
  void after(Duration delay, Runnable task) {
    if (closed) {
      return;
    }
    pending.removeIf(Future::isDone);
    pending.add(
        scheduler.schedule(() -> run(task), time.real(delay).toNanos(), TimeUnit.NANOSECONDS));
  }

  private void run(Runnable task) {
    synchronized (lock) {
      if (!closed) {
        try {
          task.run();
        } catch (RuntimeException e) {
          LOG.error("A session's timer failed", e);
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    pending.forEach(task -> task.cancel(false));
    pending.clear();
  }
}

package dev.concierge.realtime;

import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.Model;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.bridge.ModelLeg;
import dev.concierge.call.EndedReason;
import java.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A service that speaks OpenAI's Realtime protocol.
 *
 * <p>Safe for use by many threads.
 */
public final class RealtimeModel implements Model, AutoCloseable {

  /** How long a session may take to get ready; the callee hears nothing meanwhile. */
  private static final int READY_TIMEOUT_MS = 8_000;

  /**
   * How long one that was connected before may take: one message each way. The rest of the time is
   * for a fresh one in its place.
   */
  private static final int WAITING_READY_TIMEOUT_MS = 2_000;

  /** How often waiting sessions are looked after; also the pause after a service refused one. */
  private static final int TEND_MS = 5_000;

  private final SessionSettings settings;
  private final RealtimeSockets sockets;
  private final SessionPool pool;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, new DaemonThreads("realtime-timer"));

  /**
   * @param idleSessions how many connected sessions wait for conversations; may be 0
   * @param clock must not jump
   */
  public RealtimeModel(
      RealtimeAddress address, SessionSettings settings, int idleSessions, Clock clock) {
    this.settings = settings;
    sockets = new RealtimeSockets(address);
    pool = new SessionPool(idleSessions, sockets, settings, clock);
    // After the close there is nothing to look after; the sockets refuse what is still asked for.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    Future<?> unused = timer.scheduleWithFixedDelay(pool::tend, 0, TEND_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public ModelLeg connect(AgentProfile profile, Consumer<ModelEvent> events) {
    for (var waiting = pool.take(); waiting != null; waiting = pool.take()) {
      ModelLeg leg = beginWaiting(waiting, profile, events);
      if (leg != null) {
        timer.execute(pool::tend);
        return leg;
      }
    }
    RealtimeSession session = new RealtimeSession(settings);
    open(session, profile, events, READY_TIMEOUT_MS);
    return session;
  }

  private @Nullable ModelLeg beginWaiting(
      RealtimeSession waiting, AgentProfile profile, Consumer<ModelEvent> events) {
    RealtimeSession spare = new RealtimeSession(settings);
    int leftMs = READY_TIMEOUT_MS - WAITING_READY_TIMEOUT_MS;
    PooledLeg leg =
        new PooledLeg(waiting, spare, events, () -> open(spare, profile, events, leftMs));
    if (!leg.begin(profile)) {
      return null;
    }
    giveUpAfter(WAITING_READY_TIMEOUT_MS, waiting, null);
    return leg;
  }

  private void open(
      RealtimeSession session, AgentProfile profile, Consumer<ModelEvent> events, int limitMs) {
    if (session.begin(profile, events)) {
      giveUpAfter(limitMs, session, sockets.open(session));
    }
  }

  private void giveUpAfter(int limitMs, RealtimeSession session, @Nullable Future<?> opening) {
    Future<?> unused =
        timer.schedule(() -> giveUp(session, opening, limitMs), limitMs, TimeUnit.MILLISECONDS);
  }

  private static void giveUp(RealtimeSession session, @Nullable Future<?> opening, int limitMs) {
    if (!session.isReady()) {
      session.lose(EndedReason.MODEL_UNREACHABLE, "not ready within " + limitMs + " ms");
      if (opening != null) {
        opening.cancel(true);
      }
    }
  }

  /** Opens no more sessions. Those in use are ended by their conversations, before this. */
  @Override
  public void close() {
    timer.shutdownNow();
    pool.close();
    sockets.close();
  }
}

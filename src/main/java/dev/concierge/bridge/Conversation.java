package dev.concierge.bridge;

import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallId;
import dev.concierge.call.EndedReason;
import java.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thin edge around one {@link CallBridge}: its mailbox and its timer.
 *
 * <p>Inputs may be posted from any thread. All else happens one at a time, on the thread of whoever
 * posted; what happens there is short and never blocks.
 */
final class Conversation {

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /**
   * About ten seconds of both sides at their busiest; nobody falls that far behind and recovers.
   */
  private static final int CAPACITY = 2_000;

  /** An input that is neither the line's nor the model's. */
  private enum Own {
    TIME,
    OVERLOADED
  }

  private final CallId callId;
  private final String streamId;
  private final String carrierCallId;
  private final FactLog facts;
  private final ScheduledExecutorService timers;
  private final Clock clock;
  private final Mailbox<Object> mailbox = new Mailbox<>(CAPACITY, this::handle);

  private volatile boolean overloaded;
  private @Nullable CallBridge bridge;
  private @Nullable ScheduledFuture<?> timer;
  private long timerMs = Deadline.NEVER;

  Conversation(
      CallId callId,
      String streamId,
      String carrierCallId,
      FactLog facts,
      ScheduledExecutorService timers,
      Clock clock) {
    this.callId = callId;
    this.streamId = streamId;
    this.carrierCallId = carrierCallId;
    this.facts = facts;
    this.timers = timers;
    this.clock = clock;
  }

  /** Begins to handle what was posted. */
  void begin(CallBridge ready) {
    LOG.info("call {}: conversation on {} of {}", callId, streamId, carrierCallId);
    facts.add(new ConversationStarted(streamId, carrierCallId));
    bridge = ready;
    setTimer(ready);
    mailbox.open();
  }

  void post(CallerEvent event) {
    offer(event);
  }

  void post(ModelEvent event) {
    offer(event);
  }

  /** What does not fit ends the conversation: a gap in it would go unnoticed. */
  private void offer(Object input) {
    if (!mailbox.post(input)) {
      overloaded = true;
    }
  }

  private void handle(Object input) {
    CallBridge current = bridge;
    if (current == null || current.isEnded()) {
      return;
    }
    if (input == Own.TIME) {
      cancelTimer();
    }
    try {
      give(current, overloaded ? Own.OVERLOADED : input);
    } catch (RuntimeException e) {
      LOG.error("call {}: the conversation failed", callId, e);
      current.end(EndedReason.INTERNAL_ERROR, e.getClass().getSimpleName());
    }
    if (current.isEnded()) {
      LOG.info("call {}: conversation on {} ended", callId, streamId);
    }
    setTimer(current);
  }

  private static void give(CallBridge bridge, Object input) {
    if (input instanceof CallerEvent event) {
      bridge.accept(event);
    } else if (input instanceof ModelEvent event) {
      bridge.accept(event);
    } else if (input == Own.OVERLOADED) {
      bridge.end(EndedReason.OVERLOADED, "more came in than could be handled");
    } else {
      bridge.onTime();
    }
  }

  /** A deadline that moved later leaves the timer as it is: it fires early, which is harmless. */
  private void setTimer(CallBridge current) {
    long nextMs = current.nextDeadlineMs();
    if (nextMs == Deadline.NEVER) {
      cancelTimer();
    } else if (nextMs < timerMs) {
      cancelTimer();
      timerMs = nextMs;
      try {
        long delayMs = Math.max(0, nextMs - clock.millis());
        timer = timers.schedule(this::onTimer, delayMs, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        current.end(EndedReason.SHUT_DOWN, null);
      }
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    timerMs = Deadline.NEVER;
  }

  private void onTimer() {
    offer(Own.TIME);
  }
}

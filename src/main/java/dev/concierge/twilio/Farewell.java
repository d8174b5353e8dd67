package dev.concierge.twilio;

import dev.concierge.call.CallId;
import dev.concierge.call.CarrierUncertainException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Has Twilio's own voice take leave, for when the model cannot speak. On threads of its own, since
 * the REST API may take seconds to answer, and longer when many calls need it at once: nobody is
 * kept on a dead line for that.
 */
final class Farewell {

  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  /** How long a callee waits for the voice. */
  private static final long UNSAID_SECONDS = 5;

  /** How long the words may take; Twilio ends the stream sooner by itself. */
  private static final long SAID_SECONDS = 10;

  private final TwilioCarrier carrier;
  private final Executor executor;
  private final ScheduledExecutorService timer;

  /**
   * @param executor bounded; what it rejects is not said
   * @param timer for deadlines that take no time to keep
   */
  Farewell(TwilioCarrier carrier, Executor executor, ScheduledExecutorService timer) {
    this.carrier = carrier;
    this.executor = executor;
    this.timer = timer;
  }

  /**
   * Returns at once.
   *
   * @param hangUp run, on any thread and maybe more than once, when the words were said or Twilio
   *     cannot be had to say them in time
   */
  void say(String callSid, String words, Runnable hangUp) {
    String callId = MDC.get(CallId.LOG_KEY);
    try {
      Future<?> unsaid = timer.schedule(hangUp, UNSAID_SECONDS, TimeUnit.SECONDS);
      executor.execute(() -> sayNow(callSid, words, hangUp, unsaid, callId));
    } catch (RejectedExecutionException e) {
      LOG.warn("no room to say goodbye on {}", callSid);
      hangUp.run();
    }
  }

  private void sayNow(
      String callSid, String words, Runnable hangUp, Future<?> unsaid, @Nullable String callId) {
    if (unsaid.isDone()) {
      return;
    }
    try (var id = MDC.putCloseable(CallId.LOG_KEY, callId)) {
      carrier.say(callSid, words);
      unsaid.cancel(false);
      Future<?> unused = timer.schedule(hangUp, SAID_SECONDS, TimeUnit.SECONDS);
    } catch (CarrierUncertainException | RejectedExecutionException e) {
      LOG.warn("Twilio could not say goodbye on {}: {}", callSid, e.getMessage());
      hangUp.run();
    }
  }
}

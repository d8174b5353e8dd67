package dev.concierge.twilio;

import dev.concierge.call.CallId;
import dev.concierge.call.CarrierUncertainException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Has Twilio's own voice take leave, for when the model cannot speak. On threads of its own, since
 * the REST API may take seconds to answer.
 */
final class Farewell {

  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  private final TwilioCarrier carrier;
  private final Executor executor;

  /**
   * @param executor bounded; what it rejects is not said
   */
  Farewell(TwilioCarrier carrier, Executor executor) {
    this.carrier = carrier;
    this.executor = executor;
  }

  /**
   * Returns at once.
   *
   * @param ifUnsaid run, on any thread, if Twilio cannot be had to say it
   */
  void say(String callSid, String words, Runnable ifUnsaid) {
    String callId = MDC.get(CallId.LOG_KEY);
    try {
      executor.execute(() -> sayNow(callSid, words, ifUnsaid, callId));
    } catch (RejectedExecutionException e) {
      LOG.warn("no room to say goodbye on {}", callSid);
      ifUnsaid.run();
    }
  }

  private void sayNow(String callSid, String words, Runnable ifUnsaid, @Nullable String callId) {
    try (var id = MDC.putCloseable(CallId.LOG_KEY, callId)) {
      carrier.say(callSid, words);
    } catch (CarrierUncertainException e) {
      LOG.warn("Twilio could not say goodbye on {}: {}", callSid, e.getMessage());
      ifUnsaid.run();
    }
  }
}

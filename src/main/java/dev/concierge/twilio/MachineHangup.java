package dev.concierge.twilio;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.CallStatus;
import dev.concierge.call.Carrier;
import dev.concierge.call.CarrierUncertainException;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.util.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hangs up on machines. On threads of its own, since the REST API may take seconds to answer while
 * Twilio waits for our answer to its report. The wish is in the ledger: what fails here is repeated
 * by the reconciler.
 */
public final class MachineHangup {

  private static final Logger LOG = LoggerFactory.getLogger(MachineHangup.class);

  private static final int THREADS = 4;
  private static final int WAITING = 256;

  private final CallLedger ledger;
  private final Carrier carrier;
  private final Executor executor;

  /**
   * @param executor bounded; what it rejects is left to the reconciler
   */
  MachineHangup(CallLedger ledger, Carrier carrier, Executor executor) {
    this.ledger = ledger;
    this.carrier = carrier;
    this.executor = executor;
  }

  /** With threads that end with the application. */
  public static MachineHangup within(Environment environment, CallLedger ledger, Carrier carrier) {
    var threads =
        environment
            .lifecycle()
            .executorService("machine-hangup-%d")
            .minThreads(THREADS)
            .maxThreads(THREADS)
            .allowCoreThreadTimeOut(true)
            .keepAliveTime(Duration.minutes(1))
            .workQueue(new ArrayBlockingQueue<>(WAITING))
            .build();
    return new MachineHangup(ledger, carrier, threads);
  }

  /** Ends the call if the ledger says that it is to be ended. Returns at once, and never throws. */
  void hangUpIfWished(CallId id, String callSid) {
    try {
      executor.execute(() -> hangUpNow(id, callSid));
    } catch (RejectedExecutionException e) {
      LOG.warn("no room to hang up on the machine in call {} at once", id);
    }
  }

  private void hangUpNow(CallId id, String callSid) {
    try {
      if (ledger.find(id).filter(Call::hangupRequested).isPresent()) {
        carrier.hangUp(callSid, CallStatus.IN_PROGRESS);
      }
    } catch (CarrierUncertainException e) {
      LOG.warn("could not hang up on the machine in call {}: {}", id, e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("could not look up who is in call {}: {}", id, e.getClass().getName());
    }
  }
}

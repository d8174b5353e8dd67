package dev.concierge.sandbox.carrier;

import dev.concierge.call.CallStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call from the request to its end. It counts its time in beats of 20 ms, so it runs as fast as
 * it is driven.
 *
 * <p>Thread-safe; nothing here blocks.
 */
final class PhoneCall {

  private static final Logger LOG = LoggerFactory.getLogger(PhoneCall.class);

  /** How long a call waits before it is dialled: the account's calls a second are limited. */
  private static final long QUEUE_MS = 1_000;

  /** How long the network takes before the far telephone rings. */
  private static final long SET_UP_MS = 300;

  /** How long the network listens before it judges who picked up. */
  private static final long DETECTION_MS = 3_000;

  private static final long MS_PER_SECOND = 1_000;
  private static final long SECONDS_PER_MINUTE = 60;

  /** Twilio's "application error": something other than the TwiML went wrong. */
  private static final int APPLICATION_ERROR = 11200;

  private static final int NUMBER_UNREACHABLE = 13224;

  private final String sid;
  private final CallRequest request;
  private final HostScript host;
  private final Supplier<Program> pickUp;
  private final Callbacks callbacks;
  private final Clock clock;
  private final Instant created;
  private CallStatus status = CallStatus.QUEUED;
  private @Nullable Instant started;
  private @Nullable Instant ended;
  private @Nullable Program program;
  private long msInStatus;
  private long talkedMs;

  /**
   * @param host who is phoned
   * @param pickUp makes what runs between the TwiML and the host who has picked up
   * @param clock for the dates that are told; the call's own time is its beats
   */
  PhoneCall(
      String sid,
      CallRequest request,
      HostScript host,
      Supplier<Program> pickUp,
      Callbacks callbacks,
      Clock clock) {
    this.sid = sid;
    this.request = request;
    this.host = host;
    this.pickUp = pickUp;
    this.callbacks = callbacks;
    this.clock = clock;
    this.created = clock.instant();
  }

  String sid() {
    return sid;
  }

  synchronized CallSnapshot snapshot() {
    return new CallSnapshot(
        sid,
        request,
        status,
        created,
        started,
        ended,
        (talkedMs + MS_PER_SECOND - 1) / MS_PER_SECOND);
  }

  /** Lets 20 ms pass; {@code false} if the call is over. */
  synchronized boolean tick() {
    msInStatus += Frames.FRAME_MS;
    if (status == CallStatus.QUEUED) {
      leaveQueue();
    } else if (status == CallStatus.INITIATED) {
      dial();
    } else if (status == CallStatus.RINGING) {
      ring();
    } else if (status == CallStatus.IN_PROGRESS) {
      talk();
    }
    return !status.isTerminal();
  }

  /** Hangs up, or cancels where nobody has answered; {@code false} if the call was over. */
  synchronized boolean hangUp() {
    if (status.isTerminal()) {
      return false;
    }
    end(status == CallStatus.IN_PROGRESS ? CallStatus.COMPLETED : CallStatus.CANCELED, Map.of());
    return true;
  }

  /** Cancels where nobody has answered, else does nothing; {@code false} if the call was over. */
  synchronized boolean cancel() {
    return status == CallStatus.IN_PROGRESS || hangUp();
  }

  /** Carries out other TwiML from now on; {@code false} if the call is not in progress. */
  synchronized boolean redirect(String twiml) {
    if (program == null || status != CallStatus.IN_PROGRESS) {
      return false;
    }
    run(program, twiml);
    return true;
  }

  /** Ends a call in which the sandbox itself went wrong. */
  synchronized void fail(RuntimeException fault) {
    LOG.error("call {} failed", sid, fault);
    fail(APPLICATION_ERROR, "the sandbox failed: " + fault);
  }

  /** What was understood by whoever picked up, line by line. */
  synchronized List<String> heard() {
    return program == null ? List.of() : program.heard();
  }

  /** Done when the customer was told of everything so far. */
  CompletableFuture<Void> told() {
    return callbacks.delivered();
  }

  private void leaveQueue() {
    if (msInStatus >= QUEUE_MS) {
      started = clock.instant();
      become(CallStatus.INITIATED);
    }
  }

  private void dial() {
    if (msInStatus < SET_UP_MS) {
      return;
    }
    if (host.outcome() != null && host.rings().isZero()) {
      unanswered(host.outcome().status());
    } else {
      become(CallStatus.RINGING);
    }
  }

  private void ring() {
    if (msInStatus >= request.timeoutSeconds() * MS_PER_SECOND) {
      unanswered(CallStatus.NO_ANSWER);
    } else if (msInStatus >= host.rings().toMillis()) {
      if (host.outcome() != null) {
        unanswered(host.outcome().status());
      } else {
        answer();
      }
    }
  }

  private void answer() {
    LOG.info("call {} is answered by \"{}\"", sid, host.name());
    become(CallStatus.IN_PROGRESS);
    program = pickUp.get();
    run(program, request.twiml());
  }

  private void talk() {
    talkedMs += Frames.FRAME_MS;
    if (talkedMs == DETECTION_MS) {
      callbacks.answeredBy(host.machine() ? "machine_start" : "human", talkedMs);
    }
    boolean goesOn = program != null && program.tick();
    if (!goesOn || talkedMs >= request.timeLimitSeconds() * MS_PER_SECOND) {
      end(CallStatus.COMPLETED, Map.of());
    }
  }

  private void run(Program answered, String xml) {
    try {
      Twiml twiml = TwimlParser.parse(xml);
      twiml.warnings().forEach(warning -> LOG.warn("call {}: {}", sid, warning));
      answered.run(twiml);
    } catch (TwimlException e) {
      fail(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private void unanswered(CallStatus outcome) {
    if (outcome == CallStatus.FAILED) {
      fail(NUMBER_UNREACHABLE, "the number cannot be reached");
    } else {
      end(outcome, Map.of());
    }
  }

  private void fail(int code, String message) {
    LOG.warn("call {} failed: {} {}", sid, code, message);
    end(CallStatus.FAILED, Map.of("ErrorCode", Integer.toString(code), "ErrorMessage", message));
  }

  private void end(CallStatus outcome, Map<String, String> error) {
    if (status.isTerminal()) {
      return;
    }
    if (program != null) {
      program.close();
    }
    ended = clock.instant();
    CallSnapshot last = snapshot();
    Map<String, String> more = new LinkedHashMap<>(error);
    more.put("CallDuration", Long.toString(last.seconds()));
    more.put(
        "Duration", Long.toString((last.seconds() + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE));
    more.put("SipResponseCode", sipResponseCode(outcome));
    status = outcome;
    callbacks.status(outcome, ended, more);
  }

  private void become(CallStatus next) {
    status = next;
    msInStatus = 0;
    callbacks.status(next, clock.instant(), Map.of());
  }

  /** RFC 3261. */
  private static String sipResponseCode(CallStatus outcome) {
    return switch (outcome) {
      case BUSY -> "486";
      case NO_ANSWER, CANCELED -> "487";
      case FAILED -> "503";
      default -> "200";
    };
  }
}

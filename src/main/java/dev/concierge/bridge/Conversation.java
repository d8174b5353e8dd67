package dev.concierge.bridge;

import dev.concierge.bridge.ConversationProbe.Timed;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallId;
import dev.concierge.call.EndedReason;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The thin edge around one {@link CallBridge}: its mailbox and its deadline.
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
    CALL_ENDED,
    OVERLOADED
  }

  /** The conversation has to be over when that time is. */
  private record EndWithin(Duration limit) {}

  private final CallId callId;
  private final Consumer<CallFact> facts;
  private final ConversationProbe probe;
  private final Clock clock;
  private final Consumer<Conversation> onEnd;
  private final Mailbox<Object> mailbox = new Mailbox<>(CAPACITY, this::handle);

  private volatile boolean overloaded;
  private volatile @Nullable ModelLeg model;
  private @Nullable CallBridge bridge;

  /** Set by whoever handles an input, and cleared by the tick before it posts that it has come. */
  private volatile long dueMs = Deadline.NEVER;

  Conversation(
      CallId callId,
      Consumer<CallFact> facts,
      ConversationProbe probe,
      Clock clock,
      Consumer<Conversation> onEnd) {
    this.callId = callId;
    this.facts = facts;
    this.probe = probe;
    this.clock = clock;
    this.onEnd = onEnd;
  }

  /** Begins to handle what was posted. */
  void begin(CallBridge ready, ModelLeg session, ConversationStarted started) {
    try (var id = MDC.putCloseable(CallId.LOG_KEY, callId.value())) {
      LOG.info("conversation on {} of {}", started.streamId(), started.carrierCallId());
    }
    tell(started);
    bridge = ready;
    model = session;
    dueMs = ready.nextDeadlineMs();
    mailbox.open();
  }

  void post(CallerEvent event) {
    offer(probe.stamped(event));
  }

  void post(ModelEvent event) {
    offer(probe.stamped(event));
  }

  /** What the ledger has to know, the end last. */
  void tell(CallFact fact) {
    facts.accept(fact);
    if (fact instanceof ConversationEnded) {
      onEnd.accept(this);
    }
  }

  /** The conversation has to be over when that time is. */
  void endWithin(Duration limit) {
    offer(new EndWithin(limit));
  }

  boolean isOf(CallId call) {
    return callId.equals(call);
  }

  /** The carrier says that the call is over. */
  void callEnded() {
    offer(Own.CALL_ENDED);
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
    Object plain = input instanceof Timed timed ? timed.input() : input;
    if (input instanceof Timed timed) {
      probe.received(timed);
    }
    if (isAudio(plain)) {
      // Nothing is logged for a frame, and the MDC is not free.
      give(current, plain);
    } else {
      try (var id = MDC.putCloseable(CallId.LOG_KEY, callId.value())) {
        give(current, plain);
      }
    }
    if (input instanceof Timed timed) {
      probe.after(timed);
    }
    dueMs = current.nextDeadlineMs();
  }

  private static boolean isAudio(Object input) {
    return input instanceof CallerEvent.Media || input instanceof ModelEvent.Audio;
  }

  private void give(CallBridge current, Object input) {
    try {
      probe.before(input);
      take(current, overloaded ? Own.OVERLOADED : input);
    } catch (Throwable e) {
      // An Error too: the other calls have nothing to do with it.
      LOG.error("call {}: the conversation failed", callId, e);
      current.end(EndedReason.INTERNAL_ERROR, e.getClass().getSimpleName());
    }
  }

  private void take(CallBridge bridge, Object input) {
    if (input instanceof CallerEvent event) {
      bridge.accept(event);
    } else if (input instanceof ModelEvent event) {
      bridge.accept(event);
    } else if (input instanceof EndWithin end) {
      bridge.endBy(clock.millis() + end.limit().toMillis());
    } else if (input == Own.CALL_ENDED) {
      bridge.callEnded();
    } else if (input == Own.OVERLOADED) {
      bridge.end(EndedReason.OVERLOADED, "more came in than could be handled");
    } else {
      bridge.onTime();
    }
  }

  /** Looks whether something has become due. One thread at a time may ask, again and again. */
  void tick() {
    if (clock.millis() >= dueMs) {
      // First, so that it is not told twice: whoever handles it says what is due next.
      dueMs = Deadline.NEVER;
      offer(Own.TIME);
    }
  }

  int waitingInputs() {
    return mailbox.size();
  }

  long waitingLineBytes() {
    return probe.waitingBytes();
  }

  long waitingModelBytes() {
    ModelLeg session = model;
    return session == null ? 0 : session.waitingBytes();
  }
}

package dev.concierge.bridge;

import dev.concierge.agent.Agent;
import dev.concierge.call.Brief;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallId;
import dev.concierge.call.FactSink;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Begins conversations between admitted media streams and the voice model. Safe for many threads.
 */
public final class BridgedConversations implements Conversations {

  /**
   * A frame of audio; nothing that is waited for is finer. One timer for all, because each
   * conversation's next deadline moves with nearly every frame.
   */
  static final long TICK_MS = 20;

  private final Model model;
  private final Agent agent;
  private final BridgeSettings settings;
  private final FactSink ledger;
  private final ConversationMeter meter;
  private final Supplier<Clock> clocks;
  private final RunningConversations running = new RunningConversations();

  /**
   * @param clocks gives each conversation a clock of its own, which must not jump: deadlines and
   *     playback positions are reckoned by it
   * @param timer has all conversations look at the time, {@value #TICK_MS} ms after it has done so;
   *     owned by the caller
   */
  public BridgedConversations(
      Model model,
      Agent agent,
      BridgeSettings settings,
      FactSink ledger,
      ConversationMeter meter,
      Supplier<Clock> clocks,
      ScheduledExecutorService timer) {
    this.model = model;
    this.agent = agent;
    this.settings = settings;
    this.ledger = ledger;
    this.meter = meter;
    this.clocks = clocks;
    // Until the timer is shut down.
    Future<?> unused =
        timer.scheduleWithFixedDelay(running::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public Consumer<CallerEvent> begin(
      Brief brief, String streamId, String carrierCallId, CallerLeg line) {
    Clock clock = clocks.get();
    FactLog log = new FactLog(brief.callId(), streamId, ledger, clock);
    Consumer<CallFact> facts =
        ((Consumer<CallFact>) log::add)
            .andThen(new CallStory(brief.callId(), streamId))
            .andThen(meter::fact);
    ConversationProbe probe = new ConversationProbe(line, meter, clock);
    Conversation conversation =
        new Conversation(brief.callId(), facts, probe, clock, running::remove);
    ModelLeg session = model.connect(agent.profile(brief.reservation()), conversation::post);
    running.add(conversation);
    conversation.begin(
        new CallBridge(
            brief.reservation(), probe, session, agent, settings, conversation::tell, clock),
        session,
        new CallFact.ConversationStarted(streamId, carrierCallId));
    return conversation::post;
  }

  @Override
  public void callEnded(CallId call) {
    running.callEnded(call);
  }

  /**
   * Lets the conversations finish: whoever is not done in time is told to say goodbye, and is hung
   * up when the time is over. One that still begins has the same limit. Returns at once.
   */
  public void close(Duration within) {
    running.endWithin(within);
  }

  @Override
  public boolean isClosing() {
    return running.isClosing();
  }

  /** Waits until no conversation runs; {@code false} if that took longer than the limit. */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return running.awaitNone(limit);
  }

  /** How many conversations run now. */
  public int running() {
    return running.count();
  }

  /** How many inputs wait in the fullest conversation's mailbox. */
  public long fullestMailbox() {
    return running.most(Conversation::waitingInputs);
  }

  /** How many bytes wait for the line that is read most slowly. */
  public long slowestLineBytes() {
    return running.most(Conversation::waitingLineBytes);
  }

  /** How many bytes wait for the model's socket that is read most slowly. */
  public long slowestModelBytes() {
    return running.most(Conversation::waitingModelBytes);
  }
}

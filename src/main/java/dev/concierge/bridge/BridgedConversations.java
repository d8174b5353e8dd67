package dev.concierge.bridge;

import dev.concierge.agent.Agent;
import dev.concierge.call.Brief;
import dev.concierge.call.FactSink;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Begins conversations between admitted media streams and the voice model. Safe for many threads.
 */
public final class BridgedConversations implements Conversations {

  private final Model model;
  private final Agent agent;
  private final BridgeSettings settings;
  private final FactSink ledger;
  private final Supplier<Clock> clocks;
  private final ScheduledExecutorService timers;

  /**
   * @param clocks gives each conversation a clock of its own, which must not jump: timers and
   *     playback positions are reckoned by it
   * @param timers shared by all conversations; its tasks are short
   */
  public BridgedConversations(
      Model model,
      Agent agent,
      BridgeSettings settings,
      FactSink ledger,
      Supplier<Clock> clocks,
      ScheduledExecutorService timers) {
    this.model = model;
    this.agent = agent;
    this.settings = settings;
    this.ledger = ledger;
    this.clocks = clocks;
    this.timers = timers;
  }

  @Override
  public Consumer<CallerEvent> begin(
      Brief brief, String streamId, String carrierCallId, CallerLeg line) {
    Clock clock = clocks.get();
    FactLog facts = new FactLog(brief.callId(), streamId, ledger, clock);
    Conversation conversation =
        new Conversation(brief.callId(), streamId, carrierCallId, facts, timers, clock);
    ModelLeg session = model.connect(agent.profile(brief.reservation()), conversation::post);
    conversation.begin(
        new CallBridge(brief.reservation(), line, session, agent, settings, facts::add, clock));
    return conversation::post;
  }
}

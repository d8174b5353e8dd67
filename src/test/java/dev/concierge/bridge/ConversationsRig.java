package dev.concierge.bridge;

import dev.concierge.SettableClock;
import dev.concierge.TestCalls;
import dev.concierge.agent.Agent;
import dev.concierge.agent.Instructions;
import dev.concierge.call.Brief;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Conversations with a line and a model that do what the test says, by a clock that stands still
 * until it is moved.
 */
final class ConversationsRig implements AutoCloseable {

  final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
  final RecordingMeter meter = new RecordingMeter();
  final List<CallFact> facts = new ArrayList<>();
  final List<Consumer<ModelEvent>> models = new ArrayList<>();
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** How long the line takes to take anything; it stands for all that may take time. */
  Duration lineTakes = Duration.ZERO;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

  final BridgedConversations conversations =
      new BridgedConversations(
          (profile, events) -> {
            models.add(events);
            return new Session();
          },
          new Agent(Instructions.standard()),
          BridgeSettings.DEFAULT,
          entry -> facts.add(entry.fact()),
          meter,
          () -> clock,
          timer);

  /** Begins a conversation; what is returned takes what comes from its line. */
  Consumer<CallerEvent> begin(CallId id) {
    return conversations.begin(new Brief(id, TestCalls.reservation()), "MZ1", "CA1", new Line());
  }

  /** The model of the conversation that began last. */
  void model(ModelEvent event) {
    models.get(models.size() - 1).accept(event);
  }

  List<ConversationEnded> ends() {
    return facts.stream()
        .filter(ConversationEnded.class::isInstance)
        .map(ConversationEnded.class::cast)
        .toList();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private final class Line implements CallerLeg {
    @Override
    public void play(byte[] mulaw) {
      clock.advance(lineTakes);
    }

    @Override
    public void mark(String name) {}

    @Override
    public void clear() {
      clock.advance(lineTakes);
    }

    @Override
    public void sayAndHangUp(String words) {}

    @Override
    public void close() {}

    @Override
    public long waitingBytes() {
      return 7;
    }
  }

  private final class Session implements ModelLeg {
    @Override
    public void append(byte[] mulaw) {}

    @Override
    public void commit() {}

    @Override
    public void createResponse(@Nullable String instructions) {
      asked.add(String.valueOf(instructions));
    }

    @Override
    public void cancelResponse() {}

    @Override
    public void truncate(String itemId, long heardMs) {}

    @Override
    public void answerTool(String toolCallId, String outputJson) {}

    @Override
    public void close() {}

    @Override
    public long waitingBytes() {
      return 9;
    }
  }
}

package dev.concierge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.TestCalls;
import dev.concierge.agent.Agent;
import dev.concierge.agent.AgentProfile;
import dev.concierge.agent.Instructions;
import dev.concierge.call.Brief;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallId;
import dev.concierge.call.EndedReason;
import dev.concierge.call.LedgerEntry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is around a bridge: its mailbox, its deadline, its facts. */
class ConversationTest {

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final List<LedgerEntry> entries = new ArrayList<>();
  private final List<String> given = new ArrayList<>();
  private BridgedConversations conversations;
  private boolean linesFaultIsError;
  private Consumer<CallerEvent> line;
  private Consumer<ModelEvent> model;

  @BeforeEach
  void begin() {
    conversations =
        new BridgedConversations(
            this::connect,
            new Agent(Instructions.standard()),
            BridgeSettings.DEFAULT,
            entries::add,
            new RecordingMeter(),
            Clock::systemUTC,
            timer);
    line =
        conversations.begin(
            new Brief(CallId.random(), TestCalls.reservation()), "MZ1", "CA1", new Line());
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private ModelLeg connect(AgentProfile profile, Consumer<ModelEvent> events) {
    model = events;
    return new Session();
  }

  private List<CallFact> facts() {
    return entries.stream().map(LedgerEntry::fact).toList();
  }

  @Test
  @Behaviour(53)
  void anEndLeavesNothingRunningAndNoFactAfterIt() {
    model.accept(new ModelEvent.Ready());
    assertThat(conversations.running()).isEqualTo(1);
    line.accept(new CallerEvent.Stopped());
    assertThat(conversations.running()).isZero();
    assertThat(given).containsExactly("line close", "model close");

    line.accept(new CallerEvent.KeyPressed("1"));
    model.accept(new ModelEvent.Lost(EndedReason.MODEL_LOST, "late"));
    assertThat(facts())
        .hasSize(2)
        .hasAtLeastOneElementOfType(ConversationStarted.class)
        .last()
        .isInstanceOf(ConversationEnded.class);
    assertThat(entries).extracting(LedgerEntry::sequence).containsExactly(0L, 1L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFaultOfOurOwnEndsTheCallAndSaysSo(boolean isError) {
    linesFaultIsError = isError;
    model.accept(new ModelEvent.Ready());
    model.accept(new ModelEvent.ResponseStarted("r1"));
    model.accept(new ModelEvent.Audio("r1", "i1", new byte[160]));
    assertThat(given).containsExactly("line close", "model close");
    assertThat(facts())
        .last()
        .isInstanceOfSatisfying(
            ConversationEnded.class,
            end -> assertThat(end.reason()).isEqualTo(EndedReason.INTERNAL_ERROR));
    assertThat(conversations.running()).isZero();
  }

  /** A line on which nothing can be played. */
  private final class Line implements CallerLeg {
    @Override
    public void play(byte[] mulaw) {
      if (linesFaultIsError) {
        throw new StackOverflowError();
      }
      throw new IllegalStateException("a fault");
    }

    @Override
    public void mark(String name) {
      given.add("line mark");
    }

    @Override
    public void clear() {
      given.add("line clear");
    }

    @Override
    public void sayAndHangUp(String words) {
      given.add("line say");
    }

    @Override
    public void close() {
      given.add("line close");
    }
  }

  private final class Session implements ModelLeg {
    @Override
    public void append(byte[] mulaw) {
      given.add("model append");
    }

    @Override
    public void commit() {
      given.add("model commit");
    }

    @Override
    public void createResponse(@Nullable String instructions) {
      given.add("model create");
    }

    @Override
    public void cancelResponse() {
      given.add("model cancel");
    }

    @Override
    public void truncate(String itemId, long heardMs) {
      given.add("model truncate");
    }

    @Override
    public void answerTool(String toolCallId, String outputJson) {
      given.add("model answer");
    }

    @Override
    public void close() {
      given.add("model close");
    }
  }
}

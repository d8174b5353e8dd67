package dev.concierge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.concierge.Behaviour;
import dev.concierge.agent.Cue;
import dev.concierge.call.CallId;
import dev.concierge.call.EndedReason;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BridgedConversationsTest {

  private final ConversationsRig rig = new ConversationsRig();
  private final BridgedConversations conversations = rig.conversations;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger().setLevel(Level.INFO);
    logger().addAppender(log);
  }

  @AfterEach
  void close() {
    logger().detachAppender(log);
    rig.close();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.concierge.bridge");
  }

  @Test
  void aConversationRunsFromItsBeginningToItsEnd() {
    Consumer<CallerEvent> first = rig.begin(CallId.random());
    rig.begin(CallId.random());
    assertThat(conversations.running()).isEqualTo(2);
    first.accept(new CallerEvent.Lost(EndedReason.CALLER_LEG_LOST, "closed"));
    assertThat(conversations.running()).isEqualTo(1);
    rig.model(new ModelEvent.Lost(EndedReason.MODEL_LOST, "closed"));
    assertThat(conversations.running()).isZero();
  }

  @Test
  @Behaviour(15)
  void aCallThatIsOverEndsItsOwnConversationOnly() {
    CallId over = CallId.random();
    rig.begin(over);
    rig.begin(CallId.random());
    conversations.callEnded(over);
    rig.clock.advance(Duration.ofSeconds(1));
    await().until(() -> conversations.running() == 1);
    assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.CALLEE_HUNG_UP);
    rig.model(new ModelEvent.Lost(EndedReason.MODEL_LOST, "closed"));
    assertThat(conversations.running()).isZero();
  }

  @Test
  void whatWaitsInItIsSeen() {
    assertThat(conversations.slowestLineBytes()).isZero();
    rig.begin(CallId.random());
    assertThat(conversations.slowestLineBytes()).isEqualTo(7);
    assertThat(conversations.slowestModelBytes()).isEqualTo(9);
    assertThat(conversations.fullestMailbox()).isZero();
  }

  @Test
  @Behaviour(59)
  void oneThatRunsAndOneThatStillBeginsAreBothTold() throws Exception {
    rig.begin(CallId.random());
    rig.model(new ModelEvent.Ready());
    assertThat(conversations.isClosing()).isFalse();
    conversations.close(Duration.ofMinutes(1));
    assertThat(conversations.isClosing()).isTrue();
    Consumer<CallerEvent> late = rig.begin(CallId.random());
    assertThat(conversations.awaitEnd(Duration.ofMillis(1))).isFalse();
    rig.models.get(0).accept(new ModelEvent.Lost(EndedReason.MODEL_LOST, "closed"));
    late.accept(new CallerEvent.Lost(EndedReason.CALLER_LEG_LOST, "closed"));
    assertThat(conversations.awaitEnd(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void itsEndIsOneLineThatTellsItsStoryWithoutAWordThatWasSaid() {
    CallId id = CallId.random();
    Consumer<CallerEvent> line = rig.begin(id);
    rig.model(new ModelEvent.Ready());
    rig.model(new ModelEvent.SpeechStarted("h1", 0));
    rig.model(new ModelEvent.SpeechStopped("h1", 500));
    rig.model(new ModelEvent.HostTranscribed("h1", "Secret words."));
    rig.clock.advance(Duration.ofMillis(800));
    rig.model(new ModelEvent.ResponseStarted("r1"));
    rig.model(new ModelEvent.Audio("r1", "i1", new byte[1_600]));
    rig.model(new ModelEvent.AgentTranscript("i1", "More secret words."));
    rig.model(new ModelEvent.SpeechStarted("h2", 900));
    rig.model(
        new ModelEvent.ResponseEnded(
            "r1", ModelEvent.Ending.CANCELLED, null, BridgeRig.SOME_USAGE));
    line.accept(new CallerEvent.Lost(EndedReason.CALLER_LEG_LOST, "closed"));
    List<ILoggingEvent> ends =
        log.list.stream().filter(each -> each.getFormattedMessage().contains("ended")).toList();
    assertThat(ends).hasSize(1);
    assertThat(ends.get(0).getFormattedMessage())
        .isEqualTo(
            "conversation ended: stream=MZ1 reason=caller_leg_lost outcome=unknown duration_ms=800"
                + " first_audio_ms=800 turns=3 barge_ins=1 input_tokens=3 cached_tokens=7"
                + " output_tokens=11");
    assertThat(log.list).isNotEmpty();
    assertThat(log.list)
        .extracting(e -> e.getMDCPropertyMap().get("call_id"))
        .containsOnly(id.value());
    assertThat(log.list).noneMatch(each -> each.getFormattedMessage().contains("ecret"));
  }

  @Test
  @Behaviour(59)
  void oneThatShutsDownIsAskedToFinish() {
    rig.begin(CallId.random());
    rig.model(new ModelEvent.Ready());
    conversations.close(Duration.ofSeconds(30));
    await().untilAsserted(() -> assertThat(rig.asked).contains(Cue.WRAP_UP.instructions()));
  }

  @Test
  @Behaviour(59)
  void oneDeadlineFollowsAnotherWithoutAnyInput() {
    oneThatShutsDownIsAskedToFinish();
    rig.clock.advance(Duration.ofSeconds(30));
    await().until(() -> conversations.running() == 0);
    assertThat(rig.ends()).extracting("reason").containsExactly(EndedReason.SHUT_DOWN);
  }
}

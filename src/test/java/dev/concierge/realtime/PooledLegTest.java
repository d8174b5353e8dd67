package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.bridge.ModelLeg;
import dev.concierge.call.EndedReason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A conversation whose session waited in the pool, and may be dead. */
class PooledLegTest {

  private static final AgentProfile PROFILE = new AgentProfile("Be kind.", "en", List.of());
  private static final String READY = RealtimeServer.updated("audio/pcmu", "audio/pcmu");

  private final TakenEvents events = new TakenEvents();

  /** The first session is begun at one server, and the one in its place at another. */
  @Nested
  class Session {

    private final RealtimeSession waiting = new RealtimeSession(SessionSettings.DEFAULTS);
    private final RealtimeSession spare = new RealtimeSession(SessionSettings.DEFAULTS);
    private RealtimeServer other;
    private RealtimeSockets otherSockets;
    private PooledLeg leg;

    @BeforeEach
    void open() throws Exception {
      other = RealtimeServer.wellBehaved();
      otherSockets = sockets(other);
      leg = new PooledLeg(waiting, spare, events, this::openSpare);
    }

    private void openSpare() {
      if (spare.begin(PROFILE, events)) {
        otherSockets.open(spare);
      }
    }

    @AfterEach
    void close() throws Exception {
      leg.close();
      otherSockets.close();
      other.close();
    }

    @Test
    void thatBreaksBeforeItIsReadyIsReplacedAndTheConversationIsNotTold() throws Exception {
      try (RealtimeServer server = new RealtimeServer();
          RealtimeSockets sockets = sockets(server)) {
        sockets.open(waiting).get();
        assertThat(leg.begin(PROFILE)).isTrue();
        assertThat(server.next().get("type").textValue()).isEqualTo("session.update");

        waiting.disconnected("broken");

        events.await(ModelEvent.Ready.class);
        leg.createResponse("Greet.");
        assertThat(other.next().get("type").textValue()).isEqualTo("session.update");
        assertThat(other.next().get("type").textValue()).isEqualTo("response.create");
        assertThat(events.all()).containsExactly(new ModelEvent.Ready());
      }
    }

    @Test
    void thatIsRefusedIsNotReplaced() throws Exception {
      String refusal =
          "{\"type\": \"error\", \"error\": {\"code\": \"invalid_api_key\", \"message\": \"No.\"}}";
      try (RealtimeServer server = new RealtimeServer(refusal);
          RealtimeSockets sockets = sockets(server)) {
        sockets.open(waiting).get();
        leg.begin(PROFILE);

        assertThat(events.await(ModelEvent.Lost.class).reason())
            .isEqualTo(EndedReason.MODEL_REFUSED);
        assertThat(spare.begin(PROFILE, events)).isTrue();
      }
    }

    @Test
    void thatBreaksWhenItWasReadyIsLost() throws Exception {
      try (RealtimeServer server = RealtimeServer.wellBehaved();
          RealtimeSockets sockets = sockets(server)) {
        sockets.open(waiting).get();
        leg.begin(PROFILE);
        events.await(ModelEvent.Ready.class);

        waiting.disconnected("broken");

        assertThat(events.await(ModelEvent.Lost.class).reason()).isEqualTo(EndedReason.MODEL_LOST);
      }
    }

    @Test
    void thatIsClosedIsNotReplaced() throws Exception {
      leg.begin(PROFILE);
      leg.close();

      openSpare();

      assertThat(spare.isOver()).isTrue();
      assertThat(events.all()).isEmpty();
    }

    private RealtimeSockets sockets(RealtimeServer server) {
      return new RealtimeSockets(RealtimeAddress.withBearerKey(server.url(), "m", "sk-test"));
    }
  }

  /** Its network went away without a word; only that no answer comes shows it. */
  @Test
  void aWaitingSessionThatNeverAnswersIsReplacedBeforeTheTimeIsOver() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    CountDownLatch firstIsOpen = new CountDownLatch(1);
    RawServer.Answer firstOneIsDead =
        (socket, key) -> {
          boolean first = connections.getAndIncrement() == 0;
          RawServer.letIn(socket, key);
          RawServer.send(socket, RealtimeServer.CREATED);
          if (first) {
            firstIsOpen.countDown();
          } else {
            RawServer.send(socket, READY);
          }
        };
    try (RawServer server = new RawServer(firstOneIsDead);
        RealtimeModel model =
            new RealtimeModel(
                RealtimeAddress.withBearerKey(server.url(), "m", "sk-test"),
                SessionSettings.DEFAULTS,
                1,
                Clock.systemUTC())) {
      firstIsOpen.await();

      ModelLeg leg = model.connect(PROFILE, events);

      await().atMost(Duration.ofSeconds(20)).until(() -> !events.all().isEmpty());
      assertThat(events.all()).containsExactly(new ModelEvent.Ready());
      leg.close();
    }
  }
}

package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.concierge.SettableClock;
import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.ModelEvent;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionPoolTest {

  private static final AgentProfile PROFILE = new AgentProfile("Be kind.", "en", List.of());

  private final SettableClock clock = new SettableClock(Instant.EPOCH);
  private final TakenEvents events = new TakenEvents();
  private RealtimeServer server;
  private RealtimeSockets sockets;
  private SessionPool pool;

  @BeforeEach
  void open() throws Exception {
    server = RealtimeServer.wellBehaved();
    var address = RealtimeAddress.withBearerKey(server.url(), "gpt-realtime-2.1", "sk-test");
    sockets = new RealtimeSockets(address);
    pool = new SessionPool(2, sockets, SessionSettings.DEFAULTS, clock);
  }

  @AfterEach
  void close() throws Exception {
    pool.close();
    sockets.close();
    server.close();
  }

  @Test
  void aWaitingSessionIsNotSetUpBeforeAConversationBeginsIt() throws Exception {
    pool.tend();
    await().until(() -> server.openSockets() == 2);
    assertThat(server.unread()).isEmpty();

    assertThat(taken().begin(PROFILE, events)).isTrue();

    events.await(ModelEvent.Ready.class);
    assertThat(server.next().get("type").textValue()).isEqualTo("session.update");
    assertThat(server.openSockets()).isEqualTo(2);
  }

  @Test
  void oneThatWasTakenIsReplaced() {
    pool.tend();
    await().until(() -> server.openSockets() == 2);
    taken();

    pool.refill();
    pool.refill();

    await().until(() -> server.openSockets() == 3);
    pool.close();
    await().until(() -> server.openSockets() == 1);
  }

  @Test
  void oneThatTheServiceClosedIsNotBegunButReplaced() throws Exception {
    pool.tend();
    await().until(() -> server.openSockets() == 2);
    RealtimeSession lost = taken();
    server.hangUp(new CloseReason(CloseCodes.GOING_AWAY, "restart"));
    await().until(lost::isOver);

    assertThat(lost.begin(PROFILE, events)).isFalse();
    assertThat(events.all()).isEmpty();

    pool.tend();
    await().until(() -> server.openSockets() == 2);
  }

  @Test
  void aServiceThatRefusesThemIsAskedLessAndLessOften() throws Exception {
    pool.tend();
    loseWhatWaits();
    pool.tend();
    loseWhatWaits();

    pool.tend();
    clock.advance(Duration.ofMillis(4_999));
    pool.tend();
    assertThat(pool.take()).isNull();

    clock.advance(Duration.ofMillis(1));
    pool.tend();
    loseWhatWaits();
    pool.tend();
    clock.advance(Duration.ofMillis(9_999));
    pool.tend();
    assertThat(pool.take()).isNull();
  }

  @Test
  void oneThatWaitedTooLongForTheServicesLimitIsRenewed() throws Exception {
    pool.tend();
    await().until(() -> server.openSockets() == 2);
    server.upgrade();
    server.upgrade();

    clock.advance(Duration.ofMinutes(40).plusMillis(1));
    pool.tend();

    server.upgrade();
    server.upgrade();
    await().until(() -> server.openSockets() == 2);
  }

  @Test
  void oneThatGivesNoSignOfLifeIsLetGo() throws Exception {
    // It says that the session is created, and answers no ping.
    try (RawServer silent = RawServer.stalling(RealtimeServer.CREATED);
        RealtimeSockets others =
            new RealtimeSockets(RealtimeAddress.withBearerKey(silent.url(), "m", "sk-test"))) {
      RealtimeSession session = new RealtimeSession(SessionSettings.DEFAULTS);
      others.open(session).get();

      assertThat(session.probe()).isTrue();
      assertThat(session.probe()).isFalse();
      session.close();
    }
  }

  /** One is watched, the other one stays in the pool. */
  private void loseWhatWaits() throws Exception {
    await().until(() -> server.openSockets() == 2);
    RealtimeSession watched = taken();
    server.hangUp(new CloseReason(CloseCodes.GOING_AWAY, "restart"));
    await().until(() -> watched.isOver() && server.openSockets() == 0);
  }

  private RealtimeSession taken() {
    return Objects.requireNonNull(pool.take(), "none waits");
  }
}

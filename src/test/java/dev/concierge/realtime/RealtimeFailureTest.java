package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.concierge.Behaviour;
import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.bridge.ModelLeg;
import dev.concierge.call.EndedReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a session whose service is away, unwilling, confused or stuck. */
class RealtimeFailureTest {

  private static final AgentProfile PROFILE = new AgentProfile("Be kind.", "en", List.of());

  private final TakenEvents events = new TakenEvents();

  @ParameterizedTest
  @CsvSource({
    "400, MODEL_REFUSED",
    "401, MODEL_REFUSED",
    "403, MODEL_REFUSED",
    "404, MODEL_REFUSED",
    "429, MODEL_RATE_LIMITED",
    "302, MODEL_UNREACHABLE",
    "500, MODEL_UNREACHABLE",
    "503, MODEL_UNREACHABLE",
  })
  void aRefusedUpgradeSaysWhoseDoingItWas(int status, EndedReason reason) throws Exception {
    try (RawServer server = RawServer.answering(status);
        RealtimeModel model = RealtimeModelTest.model(server.url())) {
      model.connect(PROFILE, events);

      ModelEvent.Lost lost = events.await(ModelEvent.Lost.class);
      assertThat(lost.reason()).isEqualTo(reason);
      assertThat(lost.detail()).contains(String.valueOf(status)).doesNotContain("sk-test");
      assertThat(server.sawTheEnd()).isTrue();
    }
  }

  /** It is told why, not with the status that Tyrus takes for it. */
  @Test
  void anUpgradeToSomethingElseSaysWhatIsMissing() throws Exception {
    try (RawServer server = RawServer.answering(101);
        RealtimeModel model = RealtimeModelTest.model(server.url())) {
      model.connect(PROFILE, events);

      ModelEvent.Lost lost = events.await(ModelEvent.Lost.class);
      assertThat(lost.reason()).isEqualTo(EndedReason.MODEL_UNREACHABLE);
      assertThat(lost.detail()).contains("Upgrade").doesNotContain("500");
    }
  }

  /** Tyrus knows Basic and Digest, and would log in where it is asked to. */
  @ParameterizedTest
  @ValueSource(strings = {"Basic realm=\"api\"", "Digest realm=\"api\"", "Bearer"})
  void aKeyThatIsNotTakenIsRefusedHoweverTheServiceSaysSo(String challenge) throws Exception {
    try (RawServer server = RawServer.answering(401, "WWW-Authenticate: " + challenge + "\r\n");
        RealtimeModel model = RealtimeModelTest.model(server.url())) {
      model.connect(PROFILE, events);

      ModelEvent.Lost lost = events.await(ModelEvent.Lost.class);
      assertThat(lost.reason()).isEqualTo(EndedReason.MODEL_REFUSED);
      assertThat(server.sawTheEnd()).isTrue();
    }
  }

  @Test
  void aPortThatNobodyListensAtIsUnreachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    expectUnreachable("ws://localhost:" + port + "/v1/realtime");
  }

  @Test
  void aHostThatIsNotThereIsUnreachable() {
    expectUnreachable("ws://nowhere.invalid/v1/realtime");
  }

  private void expectUnreachable(String url) {
    try (RealtimeModel model = RealtimeModelTest.model(URI.create(url))) {
      model.connect(PROFILE, events);

      assertThat(events.await(ModelEvent.Lost.class).reason())
          .isEqualTo(EndedReason.MODEL_UNREACHABLE);
    }
  }

  @Test
  void aServerThatNeverAnswersTheUpgradeIsUnreachable() throws Exception {
    try (RawServer server = RawServer.silent();
        RealtimeModel model = RealtimeModelTest.model(server.url())) {
      model.connect(PROFILE, events);

      assertThat(events.await(ModelEvent.Lost.class).reason())
          .isEqualTo(EndedReason.MODEL_UNREACHABLE);
      assertThat(server.sawTheEnd()).isTrue();
    }
  }

  /** However steadily it goes on, such an answer is not waited for. */
  @Test
  void aServerThatAnswersTheUpgradeByteByByteIsUnreachable() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    RawServer.Answer byteByByte =
        (socket, key) -> {
          takes(socket, "HTTP/1.1 101 Switching Protocols\r\nSlowly: ");
          await().atMost(Duration.ofSeconds(20)).until(() -> !takes(socket, "-"));
          closed.countDown();
        };
    try (RawServer server = new RawServer(byteByByte);
        RealtimeModel model = RealtimeModelTest.model(server.url())) {
      model.connect(PROFILE, events);

      assertThat(events.await(ModelEvent.Lost.class).reason())
          .isEqualTo(EndedReason.MODEL_UNREACHABLE);
      assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean takes(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  @Test
  void aSessionThatIsNeverCreatedIsUnreachable() throws Exception {
    try (RawServer server = RawServer.stalling();
        RealtimeModel model = RealtimeModelTest.model(server.url())) {
      model.connect(PROFILE, events);

      assertThat(events.await(ModelEvent.Lost.class).detail()).contains("8000 ms");
      assertThat(server.sawTheEnd()).isTrue();
      assertThat(events.all()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"audio/pcmu, audio/pcm", "audio/pcm, audio/pcmu", "audio/pcma, audio/pcma"})
  @Behaviour(28)
  void aSessionInAnotherFormatIsMisconfigured(String input, String output) throws Exception {
    expectLostAtSetUp(
        RealtimeServer.updated(input, output), EndedReason.MODEL_MISCONFIGURED, input);
  }

  @Test
  void aSessionThatDoesNotSayItsFormatIsMisconfigured() throws Exception {
    expectLostAtSetUp(
        "{\"type\": \"session.updated\", \"session\": {\"type\": \"realtime\"}}",
        EndedReason.MODEL_MISCONFIGURED,
        "null");
  }

  @ParameterizedTest
  @CsvSource({
    "unknown_parameter, MODEL_MISCONFIGURED",
    "invalid_api_key, MODEL_REFUSED",
    "insufficient_quota, MODEL_RATE_LIMITED",
  })
  void anErrorInsteadOfASessionEndsItWithTheServicesWords(String code, EndedReason reason)
      throws Exception {
    expectLostAtSetUp(
        """
        {"type": "error", "event_id": "e",
         "error": {"type": "invalid_request_error", "code": "%s", "message": "Not so.",
                   "param": null, "event_id": "session.update-1"}}
        """
            .formatted(code),
        reason,
        code + ": Not so. (in answer to session.update-1)");
  }

  private void expectLostAtSetUp(String answer, EndedReason reason, String detail)
      throws Exception {
    String ready = RealtimeServer.updated("audio/pcmu", "audio/pcmu");
    try (RealtimeServer server = new RealtimeServer(answer, ready);
        RealtimeModel model = RealtimeModelTest.model(server.url())) {
      model.connect(PROFILE, events);

      ModelEvent.Lost lost = events.await(ModelEvent.Lost.class);
      await().until(() -> server.openSockets() == 0);
      assertThat(lost.reason()).isEqualTo(reason);
      assertThat(lost.detail()).contains(detail);
      assertThat(events.all()).containsExactly(lost);
    }
  }

  @Test
  @Behaviour(37)
  void aServiceThatStopsReadingIsStalledAndLetGo() throws Exception {
    String ready = RealtimeServer.updated("audio/pcmu", "audio/pcmu");
    try (RawServer server = RawServer.stalling(RealtimeServer.CREATED, ready);
        RealtimeModel model = RealtimeModelTest.model(server.url())) {
      ModelLeg leg = model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);

      byte[] second = new byte[8_000];
      int given = 0;
      while (given < 10_000 && events.all().size() == 1) {
        leg.append(second);
        given++;
      }

      assertThat(events.all()).hasSize(2);
      assertThat(events.await(ModelEvent.Lost.class).reason()).isEqualTo(EndedReason.MODEL_STALLED);
      assertThat(server.sawTheEnd()).isTrue();
    }
  }
}

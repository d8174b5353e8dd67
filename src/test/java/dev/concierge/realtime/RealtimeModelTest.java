package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.concierge.Behaviour;
import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.bridge.ModelLeg;
import dev.concierge.call.EndedReason;
import jakarta.websocket.CloseReason;
import java.net.URI;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RealtimeModelTest {

  private static final AgentProfile PROFILE = new AgentProfile("Be kind.", "en", List.of());

  @Test
  @Behaviour(25)
  void theUpgradeCarriesKeyAndModelAndNothingThatSurprises() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      model.connect(PROFILE, new TakenEvents());

      RealtimeServer.Upgrade upgrade = server.upgrade();
      assertThat(upgrade.url().getQuery()).isEqualTo("model=gpt-realtime-2.1");
      assertThat(upgrade.headers()).containsEntry("Authorization", List.of("Bearer sk-test"));
      assertThat(upgrade.headers().keySet())
          .map(name -> name.toLowerCase(Locale.ROOT))
          .doesNotContain("origin", "openai-beta");
    }
  }

  @Test
  void theKeyMayRideInAnotherHeader() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model =
            new RealtimeModel(
                RealtimeAddress.withApiKey(server.url(), "mine", "az-test"),
                SessionSettings.DEFAULTS,
                0,
                Clock.systemUTC())) {
      model.connect(PROFILE, new TakenEvents());

      assertThat(server.upgrade().headers())
          .containsEntry("api-key", List.of("az-test"))
          .doesNotContainKey("Authorization");
    }
  }

  @Test
  @Behaviour(26)
  void aSessionIsSetUpOnceAndThenReady() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);

      server.send(RealtimeServer.CREATED);
      server.send(RealtimeServer.updated("audio/pcmu", "audio/pcmu"));
      server.send("{\"type\": \"response.created\", \"response\": {\"id\": \"resp_1\"}}");
      events.await(ModelEvent.ResponseStarted.class);

      assertThat(events.all())
          .containsExactly(new ModelEvent.Ready(), new ModelEvent.ResponseStarted("resp_1"));
      assertThat(server.next().get("type").textValue()).isEqualTo("session.update");
      assertThat(server.unread()).isEmpty();
    }
  }

  @Test
  void whatTheConversationGivesArrivesInOrder() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      ModelLeg leg = model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);

      for (int i = 0; i < 500; i++) {
        leg.append(new byte[] {(byte) i, (byte) (i >> 8)});
      }
      leg.createResponse("Greet.");
      leg.truncate("item_1", 640);
      leg.answerTool("call_1", "{}");

      assertThat(server.next().get("type").textValue()).isEqualTo("session.update");
      for (int i = 0; i < 500; i++) {
        assertThat(server.next().get("audio").binaryValue())
            .containsExactly((byte) i, (byte) (i >> 8));
      }
      assertThat(List.of(server.next(), server.next(), server.next()))
          .map(event -> event.get("type").textValue())
          .containsExactly(
              "response.create", "conversation.item.truncate", "conversation.item.create");
    }
  }

  @Test
  void anyTextArrives() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      ModelLeg leg = model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);

      leg.createResponse("Grüße nach 東京 🍣, und ein halbes Zeichen: \uD83C.");

      server.next();
      assertThat(server.next().at("/response/instructions").textValue())
          .endsWith("Grüße nach 東京 🍣, und ein halbes Zeichen: ?.");
    }
  }

  /** Each takes a fiftieth of what may wait. */
  @Test
  void whatIsTakenMakesRoomForMore() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      ModelLeg leg = model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);
      server.next();

      for (int i = 0; i < 200; i++) {
        leg.append(new byte[4_000]);
        server.next();
      }

      await().until(() -> leg.waitingBytes() == 0);
      assertThat(events.all()).containsExactly(new ModelEvent.Ready());
    }
  }

  @Test
  void whatTheServiceSendsComesInOrder() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);

      for (int i = 0; i < 500; i++) {
        server.send("{\"type\": \"response.created\", \"response\": {\"id\": \"" + i + "\"}}");
      }
      await().until(() -> events.all().size() == 501);

      assertThat(events.all().subList(1, 501))
          .containsExactlyElementsOf(
              IntStream.range(0, 500)
                  .mapToObj(i -> new ModelEvent.ResponseStarted(String.valueOf(i)))
                  .toList());
    }
  }

  @Test
  void audioOfSomeHundredKilobytesInOneMessageArrives() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);

      byte[] audio = new byte[600_000];
      new Random(1).nextBytes(audio);
      server.send(
          "{\"type\": \"response.output_audio.delta\", \"response_id\": \"r\", \"item_id\": \"i\","
              + " \"delta\": \""
              + Base64.getEncoder().encodeToString(audio)
              + "\"}");

      assertThat(events.await(ModelEvent.Audio.class).mulaw()).isEqualTo(audio);
    }
  }

  @Test
  @Behaviour(47)
  void aFaultDuringTheSessionDoesNotEndIt() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);

      server.send("{ not JSON");
      server.send(error("invalid_request_error", "response_cancel_not_active", "No response."));

      assertThat(events.await(ModelEvent.Faulted.class))
          .isEqualTo(
              new ModelEvent.Faulted(
                  "response_cancel_not_active", "No response. (in answer to evt-1)"));
      assertThat(events.all())
          .contains(new ModelEvent.Ignored())
          .noneMatch(event -> event instanceof ModelEvent.Lost);
    }
  }

  @Test
  void anExpiredSessionIsLost() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);

      server.send(error("invalid_request_error", "session_expired", "60 minutes are over."));

      assertThat(events.await(ModelEvent.Lost.class).reason()).isEqualTo(EndedReason.MODEL_LOST);
      await().until(() -> server.openSockets() == 0);
    }
  }

  @Test
  void aSocketThatClosesIsLostOnce() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      ModelLeg leg = model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);

      server.hangUp(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "maintenance"));
      ModelEvent.Lost lost = events.await(ModelEvent.Lost.class);
      leg.append(new byte[160]);
      leg.close();

      assertThat(lost.reason()).isEqualTo(EndedReason.MODEL_LOST);
      assertThat(lost.detail()).contains("1001", "maintenance");
      assertThat(events.all()).containsExactly(new ModelEvent.Ready(), lost);
    }
  }

  @Test
  void closingASessionReleasesItsSocketAndSaysNothing() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      ModelLeg leg = model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);

      leg.close();
      leg.close();

      await().until(() -> server.openSockets() == 0);
      assertThat(events.all()).containsExactly(new ModelEvent.Ready());
    }
  }

  @Test
  void aSessionClosedWhileItIsOpenedLeavesNoSocket() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                (socket, key) -> {
                  asked.countDown();
                  closed.await();
                  RawServer.letIn(socket, key);
                });
        RealtimeModel model = model(server.url())) {
      TakenEvents events = new TakenEvents();
      ModelLeg leg = model.connect(PROFILE, events);
      asked.await();
      leg.close();
      closed.countDown();

      assertThat(server.sawTheEnd()).isTrue();
      assertThat(events.all()).isEmpty();
    }
  }

  @Test
  void aModelThatIsClosedOpensNoSession() throws Exception {
    RealtimeModel model = model(URI.create("ws://localhost:1/v1/realtime"));
    model.close();
    TakenEvents events = new TakenEvents();

    model.connect(PROFILE, events);

    assertThat(events.await(ModelEvent.Lost.class).reason())
        .isEqualTo(EndedReason.MODEL_UNREACHABLE);
  }

  @Test
  void manySessionsShareAFewThreads() throws Exception {
    int sessions = 100;
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = model(server.url())) {
      List<TakenEvents> all = Stream.generate(TakenEvents::new).limit(sessions).toList();
      all.forEach(events -> model.connect(PROFILE, events));
      all.forEach(events -> events.await(ModelEvent.Ready.class));

      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().matches("(realtime|Grizzly|tyrus).*"))
          .hasSizeLessThan(sessions / 2);
    }
  }

  /** Tyrus itself hides only a header named Authorization, and only since lately. */
  @Test
  @Behaviour(25)
  void noLogOfTyrusHasTheKeyOrWhatWasSaid() throws Exception {
    LoggedLines lines = new LoggedLines();
    try (lines;
        RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model =
            new RealtimeModel(
                RealtimeAddress.withApiKey(server.url(), "mine", "az-test"),
                SessionSettings.DEFAULTS,
                0,
                Clock.systemUTC())) {
      TakenEvents events = new TakenEvents();
      ModelLeg leg = model.connect(PROFILE, events);
      events.await(ModelEvent.Ready.class);
      leg.createResponse("Say please.");
      server.next();
      server.next();
    }

    assertThat(lines.all())
        .isNotEmpty()
        .noneMatch(line -> line.contains("az-test"))
        .noneMatch(line -> line.contains("Say please."));
  }

  private static String error(String type, String code, String message) {
    return """
    {"type": "error", "event_id": "e",
     "error": {"type": "%s", "code": "%s", "message": "%s", "event_id": "evt-1"}}
    """
        .formatted(type, code, message);
  }

  static RealtimeModel model(URI url) {
    return new RealtimeModel(
        RealtimeAddress.withBearerKey(url, "gpt-realtime-2.1", "sk-test"),
        SessionSettings.DEFAULTS,
        0,
        Clock.systemUTC());
  }
}

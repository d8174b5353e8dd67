package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.call.EndedReason;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, to a server whose certificate the JVM was told to trust. */
class RealtimeTlsTest {

  private static final AgentProfile PROFILE = new AgentProfile("Be kind.", "en", List.of());
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;
  private static SSLContext usual;
  private static SSLContext localhost;

  @BeforeAll
  static void trustTheServer() throws Exception {
    usual = SSLContext.getDefault();
    localhost = context(newKeys());
    SSLContext.setDefault(localhost);
  }

  @AfterAll
  static void trustAsUsual() {
    SSLContext.setDefault(usual);
  }

  /** The JVM's own TLS settings hold for every socket, as they were when the model was made. */
  @Test
  void aTrustedServerIsSpokenTo() throws Exception {
    try (RawServer server = server();
        RealtimeModel model = model("localhost", server)) {
      SSLContext.setDefault(usual);
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);

      events.await(ModelEvent.Ready.class);

      assertThat(events.all()).containsExactly(new ModelEvent.Ready());
    } finally {
      SSLContext.setDefault(localhost);
    }
  }

  /** Many records come before anybody reads: what one read leaves is not left for good. */
  @Test
  void whatComesAllAtOnceArrives() throws Exception {
    List<ModelEvent> expected =
        IntStream.range(0, 2_000)
            .<ModelEvent>mapToObj(i -> new ModelEvent.ResponseStarted("r" + i))
            .toList();
    try (RawServer server = server(burst(2_000));
        RealtimeModel model = model("localhost", server)) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);

      await().until(() -> events.all().size() > expected.size());

      assertThat(events.all())
          .startsWith(new ModelEvent.Ready())
          .endsWith(expected.toArray(ModelEvent[]::new));
    }
  }

  private static String[] burst(int responses) {
    return IntStream.range(0, responses)
        .mapToObj(i -> "{\"type\": \"response.created\", \"response\": {\"id\": \"r" + i + "\"}}")
        .toArray(String[]::new);
  }

  @Test
  void aTrustedServerIsSpokenToThroughAProxy() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy();
        RawServer server = server();
        RealtimeModel model = model("localhost", server)) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);

      events.await(ModelEvent.Ready.class);

      assertThat(proxy.asked()).hasSize(1);
    }
  }

  /** The proxy's name is that of the certificate; it is the service that has to prove its own. */
  @Test
  void aServerOfAnotherNameIsNotSpokenToThroughAProxy() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy();
        RawServer server = server();
        RealtimeModel model = model("api.example", server)) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);

      assertThat(events.await(ModelEvent.Lost.class).reason())
          .isEqualTo(EndedReason.MODEL_UNREACHABLE);
      assertThat(proxy.asked()).hasSize(1);
    }
  }

  @Test
  void aServerOfAnotherNameIsNotSpokenTo() throws Exception {
    try (RawServer server = server();
        RealtimeModel model = model("127.0.0.1", server)) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);

      assertThat(events.await(ModelEvent.Lost.class).reason())
          .isEqualTo(EndedReason.MODEL_UNREACHABLE);
    }
  }

  private static RawServer server(String... more) throws Exception {
    return new RawServer(
        localhost.getServerSocketFactory(),
        (socket, key) -> {
          RawServer.letIn(socket, key);
          RawServer.send(socket, RealtimeServer.CREATED);
          RawServer.send(socket, RealtimeServer.updated("audio/pcmu", "audio/pcmu"));
          for (String text : more) {
            RawServer.send(socket, text);
          }
        });
  }

  private static KeyStore newKeys() throws Exception {
    Path file = folder.resolve("localhost.p12");
    String arguments =
        "-genkeypair -keyalg EC -dname CN=localhost -ext san=dns:localhost -storetype PKCS12"
            + " -storepass %s -keystore %s".formatted(PASSWORD, file);
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder((keytool + " " + arguments).split(" "))
            .redirectError(Redirect.DISCARD)
            .start();
    assertThat(made.waitFor()).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  /** Of one who has these keys, and trusts nobody else. */
  private static SSLContext context(KeyStore keys) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static RealtimeModel model(String host, RawServer server) {
    return RealtimeModelTest.model(
        URI.create("wss://" + host + ":" + server.port() + "/v1/realtime"));
  }
}

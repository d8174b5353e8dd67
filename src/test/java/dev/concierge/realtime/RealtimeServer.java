package dev.concierge.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The far side of the Realtime protocol, over a real socket, saying what a test has it say. */
final class RealtimeServer implements AutoCloseable {

  static final String CREATED =
      """
      {"event_id": "e1", "type": "session.created",
       "session": {"type": "realtime", "id": "sess_1", "object": "realtime.session"}}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Server server = new Server(0);
  private final String[] answersToUpdate;
  private final Set<Session> sockets = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<Upgrade> upgrades = new LinkedBlockingQueue<>();

  /** What a client asked to be let in with. */
  record Upgrade(URI url, Map<String, List<String>> headers) {}

  /**
   * @param answersToUpdate what is sent when a {@code session.update} came
   */
  RealtimeServer(String... answersToUpdate) throws Exception {
    this.answersToUpdate = answersToUpdate;
    ServletContextHandler context = new ServletContextHandler("/");
    JakartaWebSocketServletContainerInitializer.configure(
        context,
        (servletContext, container) -> {
          container.setDefaultMaxTextMessageBufferSize(1 << 20);
          container.addEndpoint(
              ServerEndpointConfig.Builder.create(Endpoint.class, "/v1/realtime")
                  .configurator(new Doorman())
                  .build());
        });
    server.setHandler(context);
    server.start();
  }

  /** A server that sets sessions up as asked. */
  static RealtimeServer wellBehaved() throws Exception {
    return new RealtimeServer(updated("audio/pcmu", "audio/pcmu"));
  }

  static String updated(String inputFormat, String outputFormat) {
    return """
    {"event_id": "e2", "type": "session.updated",
     "session": {"type": "realtime", "id": "sess_1", "object": "realtime.session",
       "audio": {"input": {"format": {"type": "%s"}}, "output": {"format": {"type": "%s"}}}}}
    """
        .formatted(inputFormat, outputFormat);
  }

  URI url() {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return URI.create("ws://localhost:" + port + "/v1/realtime");
  }

  Upgrade upgrade() throws InterruptedException {
    return arrived(upgrades.poll(10, TimeUnit.SECONDS));
  }

  JsonNode next() throws InterruptedException {
    return arrived(received.poll(10, TimeUnit.SECONDS));
  }

  private static <T> T arrived(T value) {
    if (value == null) {
      throw new AssertionError("nothing came within 10 s");
    }
    return value;
  }

  List<JsonNode> unread() {
    return List.copyOf(received);
  }

  int openSockets() {
    return sockets.size();
  }

  void send(String text) {
    sockets.forEach(socket -> send(socket, text));
  }

  void hangUp(CloseReason reason) throws IOException {
    for (Session socket : sockets) {
      socket.close(reason);
    }
  }

  private static void send(Session socket, String text) {
    try {
      socket.getBasicRemote().sendText(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  private final class Doorman extends ServerEndpointConfig.Configurator {
    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      upgrades.add(new Upgrade(request.getRequestURI(), Map.copyOf(request.getHeaders())));
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(new Far());
    }
  }

  private final class Far extends Endpoint {
    @Override
    public void onOpen(Session socket, EndpointConfig config) {
      sockets.add(socket);
      MessageHandler.Whole<String> handler = text -> onMessage(socket, text);
      socket.addMessageHandler(String.class, handler);
      send(socket, CREATED);
    }

    private void onMessage(Session socket, String text) {
      try {
        JsonNode event = JSON.readTree(text);
        received.add(event);
        if (event.path("type").asText().equals("session.update")) {
          for (String answer : answersToUpdate) {
            send(socket, answer);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onClose(Session socket, CloseReason reason) {
      sockets.remove(socket);
    }
  }
}

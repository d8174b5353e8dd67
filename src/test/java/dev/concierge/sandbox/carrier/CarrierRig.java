package dev.concierge.sandbox.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import dev.concierge.sandbox.SandboxTime;
import dev.concierge.sandbox.WireWatch;
import dev.concierge.sandbox.fault.ModelFaults;
import dev.concierge.sandbox.voice.Voices;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.Header;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The carrier on real sockets, twenty times as fast as life, and a customer of it. */
public final class CarrierRig implements AutoCloseable {

  static final String ACCOUNT = "AC00000000000000000000000000000001";
  static final String TOKEN = "token";
  static final String FROM = "+14155550199";

  final Voices voices = new Voices();
  final List<Callback> callbacks = new CopyOnWriteArrayList<>();
  final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();

  /** So many callbacks are answered with 500 first. */
  final AtomicInteger failures = new AtomicInteger();

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final SandboxCarrier carrier =
      new SandboxCarrier(
          new SandboxTime(20), voices, ACCOUNT, TOKEN, WireWatch.NONE, null, new ModelFaults());

  CarrierRig() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(carrier.servlet()), SandboxCarrier.PATH);
    context.addServlet(new ServletHolder(new CallbackServlet()), "/callbacks/*");
    JakartaWebSocketServletContainerInitializer.configure(
        context,
        (servletContext, container) ->
            container.addEndpoint(
                ServerEndpointConfig.Builder.create(Stream.class, "/stream")
                    .configurator(new StreamConfigurator())
                    .build()));
    server.setHandler(context);
    server.start();
    carrier.start();
  }

  @Override
  public void close() throws Exception {
    carrier.stop();
    server.stop();
  }

  void stopCarrier() {
    carrier.stop();
  }

  String url(String path) {
    return "http://127.0.0.1:" + connector.getLocalPort() + path;
  }

  String streamUrl() {
    return "ws://127.0.0.1:" + connector.getLocalPort() + "/stream";
  }

  /** TwiML that connects the call to {@link #streams}, with more verbs after it. */
  String connect(String verbsAfter) {
    return "<Response><Connect><Stream url=\""
        + streamUrl()
        + "\" statusCallback=\""
        + url("/callbacks/stream")
        + "\"><Parameter name=\"party\" value=\"4\"/></Stream></Connect>"
        + verbsAfter
        + "</Response>";
  }

  /** Twilio's own library, as a client of the carrier. */
  TwilioRestClient twilio() {
    return twilio(TOKEN);
  }

  TwilioRestClient twilio(String token) {
    return new TwilioRestClient.Builder(ACCOUNT, token).httpClient(new Redirected()).build();
  }

  List<String> statuses() {
    return callbacks.stream()
        .filter(callback -> callback.url().endsWith("/status"))
        .map(callback -> callback.form().get("CallStatus"))
        .toList();
  }

  List<String> streamEvents() {
    return callbacks.stream()
        .filter(callback -> callback.url().endsWith("/stream"))
        .map(callback -> callback.form().get("StreamEvent"))
        .toList();
  }

  /** The next stream, once its {@code start} has come. */
  Stream nextStream() throws InterruptedException {
    Stream stream = Objects.requireNonNull(streams.poll(10, TimeUnit.SECONDS), "no stream came");
    Awaitility.await().until(() -> !stream.of("start").isEmpty());
    return stream;
  }

  /** A form that was posted to the customer. */
  record Callback(String url, Map<String, String> form, String signature) {}

  private final class CallbackServlet extends HttpServlet {

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
      Map<String, String> form = new LinkedHashMap<>();
      request.getParameterMap().forEach((name, values) -> form.put(name, values[0]));
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        response.setStatus(500);
        return;
      }
      callbacks.add(
          new Callback(
              request.getRequestURL().toString(), form, request.getHeader("X-Twilio-Signature")));
      response.setStatus(204);
    }
  }

  private final class StreamConfigurator extends ServerEndpointConfig.Configurator {

    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      config
          .getUserProperties()
          .put("signature", request.getHeaders().get("X-Twilio-Signature").get(0));
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(new Stream(streams));
    }
  }

  /** The customer's side of one Media Stream. */
  public static final class Stream extends Endpoint {

    final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    volatile String signature;
    volatile boolean closed;
    private final BlockingQueue<Stream> opened;
    private volatile Session session;

    Stream(BlockingQueue<Stream> opened) {
      this.opened = opened;
    }

    @Override
    public void onOpen(Session opening, EndpointConfig config) {
      session = opening;
      signature = (String) config.getUserProperties().get("signature");
      opening.addMessageHandler(
          new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String message) {
              messages.add(json(message));
            }
          });
      opened.add(this);
    }

    @Override
    public void onClose(Session closing, CloseReason reason) {
      closed = true;
    }

    List<JsonNode> of(String event) {
      List<JsonNode> matching = new ArrayList<>(messages);
      matching.removeIf(message -> !message.path("event").asText().equals(event));
      return matching;
    }

    String sid() {
      return of("start").get(0).path("streamSid").asText();
    }

    void send(String json) throws IOException {
      session.getBasicRemote().sendText(json.replace('\'', '"'));
    }

    void sendMedia(byte[] audio) throws IOException {
      String payload = Base64.getEncoder().encodeToString(audio);
      send("{'event':'media','streamSid':'" + sid() + "','media':{'payload':'" + payload + "'}}");
    }

    void sendMark(String name) throws IOException {
      send("{'event':'mark','streamSid':'" + sid() + "','mark':{'name':'" + name + "'}}");
    }

    void hangUp() throws IOException {
      session.close();
    }

    private static JsonNode json(String message) {
      try {
        return new ObjectMapper().readTree(message);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Sends what goes to Twilio to the rig. */
  private final class Redirected extends HttpClient {

    private final java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient();

    @Override
    public Response makeRequest(Request request) {
      try {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(URI.create(url(request.constructURL().getFile())))
                    .header("Authorization", request.getAuthString())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method(
                        request.getMethod().toString(),
                        HttpRequest.BodyPublishers.ofString(request.encodeFormBody()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Response(answer.body(), answer.statusCode(), new Header[0]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.call.EndedReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Through the proxy that the JVM was told of. */
class RealtimeProxyTest {

  private static final AgentProfile PROFILE = new AgentProfile("Be kind.", "en", List.of());
  private static final Queue<String> ASKED = new ConcurrentLinkedQueue<>();
  private static ServerSocket proxy;
  private static ProxySelector usual;

  @BeforeAll
  static void useTheProxy() throws IOException {
    proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(RealtimeProxyTest::accept, "proxy");
    accepting.setDaemon(true);
    accepting.start();
    usual = ProxySelector.getDefault();
    ProxySelector.setDefault(new ToTheProxy());
  }

  @AfterAll
  static void connectAsUsual() throws IOException {
    ProxySelector.setDefault(usual);
    proxy.close();
  }

  @Test
  void aSessionIsSetUpThroughTheProxy() throws Exception {
    try (RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = RealtimeModelTest.model(server.url())) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);

      events.await(ModelEvent.Ready.class);

      String service = "localhost:" + server.url().getPort();
      assertThat(ASKED).contains("CONNECT " + service + " HTTP/1.1\r\nHost: " + service);
    }
  }

  @Test
  void aProxyThatRefusesMakesTheServiceUnreachable() {
    try (RealtimeModel model = RealtimeModelTest.model(URI.create("ws://refused.example/v1"))) {
      TakenEvents events = new TakenEvents();
      model.connect(PROFILE, events);

      ModelEvent.Lost lost = events.await(ModelEvent.Lost.class);

      assertThat(lost.reason()).isEqualTo(EndedReason.MODEL_UNREACHABLE);
      assertThat(lost.detail()).contains("the proxy answered 403");
    }
  }

  private static void accept() {
    while (!proxy.isClosed()) {
      try {
        Socket client = proxy.accept();
        String request = readRequest(client.getInputStream());
        ASKED.add(request);
        if (request.contains("refused.example")) {
          answer(client, "403 Forbidden");
          continue;
        }
        String port = request.substring(request.lastIndexOf(':') + 1);
        Socket service = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
        answer(client, "200 Connection established");
        pass(client, service);
        pass(service, client);
      } catch (IOException closed) {
        // The client or the test went away; what the test waits for will say so.
      }
    }
  }

  private static void answer(Socket client, String status) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static String readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString().trim();
  }

  private static void pass(Socket from, Socket to) {
    Thread passing =
        new Thread(
            () -> {
              try (from;
                  to) {
                from.getInputStream().transferTo(to.getOutputStream());
              } catch (IOException closed) {
                // Either end went away.
              }
            });
    passing.setDaemon(true);
    passing.start();
  }

  private static final class ToTheProxy extends ProxySelector {

    @Override
    public List<Proxy> select(URI uri) {
      return List.of(
          new Proxy(
              Proxy.Type.HTTP,
              InetSocketAddress.createUnresolved("localhost", proxy.getLocalPort())));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException fault) {
      // Nobody asks.
    }
  }
}

package dev.concierge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallClientTest {

  private static final String STATUS = "event: status\ndata: {\"status\":\"ringing\"}\n\n";
  private static final String END = "event: end\ndata: {\"status\":\"completed\"}\n\n";

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final CallClient client =
      new CallClient(URI.create("http://localhost:" + server.getAddress().getPort()), "");
  private final List<String> events = new ArrayList<>();

  CallClientTest() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Answers every request so, and closes the connection when it has sent that much. */
  private void answers(int status, String body, int announcedBytes) {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, announcedBytes);
          exchange.getResponseBody().write(body.getBytes(UTF_8));
          exchange.close();
        });
  }

  private void follow() throws Exception {
    client.follow("c1", (name, data) -> events.add(name));
  }

  @Test
  void aCallIsFollowedToItsEnd() throws Exception {
    answers(200, STATUS + END, 0);
    follow();
    assertThat(events).containsExactly("status", "end");
  }

  @Test
  void aStreamThatIsClosedBeforeTheEndIsAFailure() {
    answers(200, STATUS, 0);
    assertThatThrownBy(this::follow)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("before its end")
        .hasMessageContaining("/calls/c1");
    assertThat(events).containsExactly("status");
  }

  @Test
  void aStreamThatBreaksIsAFailure() {
    answers(200, STATUS, STATUS.length() + 1);
    assertThatThrownBy(this::follow)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("before its end");
  }

  @Test
  void aCallThatCannotBeReadIsAFailure() {
    answers(404, "{\"detail\":\"There is no call of that id.\"}", 0);
    assertThatThrownBy(() -> client.call("c1"))
        .isInstanceOf(CallClient.CallRefusedException.class)
        .hasMessageContaining("404")
        .hasMessageContaining("There is no call of that id.");
  }
}

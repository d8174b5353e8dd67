package dev.concierge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxTest {

  private static final SandboxSettings SETTINGS =
      new SandboxSettings("127.0.0.1", 0, "AC1", "token", "key", 20, null);

  private final HttpClient http = HttpClient.newHttpClient();
  private Sandbox sandbox;

  @BeforeEach
  void start() throws Exception {
    sandbox = new Sandbox(SETTINGS);
    sandbox.start();
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.stop();
  }

  @Test
  void oneServerIsBothATwilioAndAVoiceModel() throws Exception {
    assertThat(place().statusCode()).isEqualTo(201);

    LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    WebSocket socket =
        http.newWebSocketBuilder()
            .header("Authorization", "Bearer key")
            .buildAsync(URI.create(sandbox.realtimeUrl() + "?model=any"), new Texts(events))
            .join();
    assertThat(events.poll(10, TimeUnit.SECONDS)).contains("session.created");
    socket.abort();
  }

  @Test
  void afterStoppingThePortIsClosedAndNoThreadIsLeft() throws Exception {
    place();
    URI url = sandbox.twilioUrl();

    sandbox.stop();

    assertThatThrownBy(() -> new Socket(url.getHost(), url.getPort()))
        .isInstanceOf(ConnectException.class);
    await().until(() -> sandboxThreads().isEmpty());
  }

  @Test
  void itsSettingsDoNotTellTheirSecrets() {
    assertThat(SETTINGS.toString()).contains("AC1").doesNotContain("token").doesNotContain("key");
  }

  private HttpResponse<String> place() throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString("AC1:token".getBytes(StandardCharsets.UTF_8));
    return http.send(
        HttpRequest.newBuilder(sandbox.twilioUrl().resolve("/2010-04-01/Accounts/AC1/Calls.json"))
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "To=%2B14155550100&From=%2B14155550199&Twiml=%3CResponse%3E"
                        + "%3CSay%3EHello.%3C/Say%3E%3CPause+length=%22600%22/%3E%3C/Response%3E"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> sandboxThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("sandbox-"))
        .toList();
  }

  private record Texts(LinkedBlockingQueue<String> events) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      events.add(data.toString());
      socket.request(1);
      return null;
    }
  }
}

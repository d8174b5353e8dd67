package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a load tool does with the credentials that the jar prints. */
@Timeout(180)
class StreamCredentialsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG = Path.of("config.yml").toAbsolutePath().toString();

  @TempDir Path folder;

  @Test
  void theyOpenAStreamWhoseFactsAreWrittenToTheLedger() throws Exception {
    int port = RunningService.freePort();
    Map<String, String> variables = new HashMap<>();
    variables.put("HTTP_PORT", String.valueOf(port));
    variables.put("ADMIN_PORT", String.valueOf(RunningService.freePort()));
    List<String> lines = credentials(variables);
    ObjectNode parameters = (ObjectNode) JSON.readTree("{" + lines.get(1) + "}");
    try (JarProcess server = new JarProcess(folder, variables, "server", CONFIG)) {
      CallClient client = new CallClient(URI.create("http://localhost:" + port), "");
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> client.call("").has("calls"));
      WebSocket stream = open(port, lines.get(0));
      stream.sendText(start(parameters).toString(), true).join();

      String id = parameters.path("call_id").asText();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(client.call(id + "/facts").toString()).contains("MZ-of-a-tool"));
      stream.abort();
    }
  }

  private List<String> credentials(Map<String, String> variables) throws Exception {
    try (JarProcess command = new JarProcess(folder, variables, "stream-credentials", CONFIG)) {
      assertThat(command.exitCode()).as(command.output()).isZero();
      List<String> lines = command.output().lines().toList();
      assertThat(lines).hasSize(2);
      return lines;
    }
  }

  private static WebSocket open(int port, String header) {
    String[] nameAndValue = header.split(": ", 2);
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header(nameAndValue[0], nameAndValue[1])
        .buildAsync(
            URI.create("ws://localhost:" + port + "/media-stream"), new WebSocket.Listener() {})
        .join();
  }

  private static ObjectNode start(ObjectNode parameters) {
    ObjectNode message = JSON.createObjectNode().put("event", "start");
    ObjectNode start = message.putObject("start");
    start.put("streamSid", "MZ-of-a-tool").put("callSid", "CA-of-a-tool");
    start
        .putObject("mediaFormat")
        .put("encoding", "audio/x-mulaw")
        .put("sampleRate", 8_000)
        .put("channels", 1);
    start.set("customParameters", parameters);
    return message;
  }
}

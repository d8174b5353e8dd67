package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user does with the jar, in processes of their own. */
@Timeout(180)
class ProcessesIT {

  private static final String CONFIG = Path.of("config.yml").toAbsolutePath().toString();

  @TempDir Path folder;

  private static Map<String, String> ports(int port) throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put("HTTP_PORT", String.valueOf(port));
    variables.put("ADMIN_PORT", String.valueOf(RunningService.freePort()));
    return variables;
  }

  private static CallClient clientOnceItRuns(int port) {
    return clientOnceItRuns(port, "");
  }

  private static CallClient clientOnceItRuns(int port, String key) {
    CallClient client = new CallClient(URI.create("http://localhost:" + port), key);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> client.call("").has("calls"));
    return client;
  }

  @Test
  void theDemoBooksATableAndSaysSo() throws Exception {
    try (JarProcess demo = new JarProcess(folder, Map.of("SANDBOX_SPEED", "2"), "demo")) {
      assertThat(demo.exitCode()).as(demo.output()).isZero();
      assertThat(demo.output())
          // On a machine that is busy, the carrier's first callback overtakes its own answer.
          .containsPattern("status +(submitting|queued)")
          .contains("Calling Demo Restaurant", "ringing", "in-progress")
          .containsPattern("agent +\\S")
          .containsPattern("host +\\S")
          .contains("barge-in", "confirmed", "confirmation number", "data/concierge")
          .doesNotContain("\u001b", "Exception", "ERROR", "WARN", "INFO");
    }
  }

  @Test
  void aCallFromAnotherProcessIsFollowedToItsEnd() throws Exception {
    int port = RunningService.freePort();
    Map<String, String> variables = ports(port);
    variables.put("SANDBOX_SPEED", "5");
    try (JarProcess server = new JarProcess(folder, variables, "server", CONFIG)) {
      clientOnceItRuns(port);
      String[] call = {
        "call",
        "--server",
        "http://localhost:" + port,
        "--restaurant",
        "Demo Restaurant",
        "--to",
        "+14155550100",
        "--party",
        "4",
        "--date",
        "tomorrow",
        "--time",
        "7pm"
      };
      try (JarProcess caller = new JarProcess(folder, Map.of(), call)) {
        assertThat(caller.exitCode()).as("%s%n%s", caller.output(), server.output()).isZero();
        assertThat(caller.output()).contains("Demo Restaurant", "completed", "confirmed");
      }
    }
  }

  @Test
  void aCallWithoutAServiceSaysSoInOneSentence() throws Exception {
    String server = "http://localhost:" + RunningService.freePort();
    String[] call = {
      "call",
      "--server",
      server,
      "--restaurant",
      "A",
      "--to",
      "+14155550100",
      "--party",
      "4",
      "--date",
      "tomorrow",
      "--time",
      "7pm"
    };
    try (JarProcess caller = new JarProcess(folder, Map.of(), call)) {
      assertThat(caller.exitCode()).isNotZero();
      assertThat(caller.output().lines()).hasSize(1);
      assertThat(caller.output()).contains("There is no service at " + server);
    }
  }

  @Test
  void aSenselessSettingStopsTheStartWithOneMessage() throws Exception {
    Map<String, String> variables = ports(RunningService.freePort());
    variables.put("CARRIER", "twilio");
    variables.put("API_KEY", "key");
    variables.put("PUBLIC_URL", "https://desk.example.com");
    assertThat(messageOfAStart(variables)).startsWith("TWILIO_ACCOUNT_SID");
  }

  @Test
  void aTakenPortStopsTheStartWithOneMessage() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(messageOfAStart(ports(taken.getLocalPort()))).startsWith("A port is taken");
    }
  }

  @Test
  void aTrustStoreThatCannotBeReadStopsTheStartWithOneMessage() throws Exception {
    Path store = Files.writeString(folder.resolve("trusted.p12"), "no key store");
    Map<String, String> variables = ports(RunningService.freePort());
    variables.put("JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStore=" + store);
    assertThat(messageOfAStart(variables)).startsWith("The certificates that Java trusts");
  }

  @Test
  void aKeyThatWasMadeOpensTheServiceThatKnowsItsHash() throws Exception {
    String made;
    String[] make = {"make-key", "--name", "desk", "--role", "read"};
    try (JarProcess maker = new JarProcess(folder, Map.of(), make)) {
      assertThat(maker.exitCode()).as(maker.output()).isZero();
      made = maker.output();
    }
    int port = RunningService.freePort();
    Map<String, String> variables = ports(port);
    variables.put("API_KEYS", found("desk:read:\\w{64}", made));
    try (JarProcess server = new JarProcess(folder, variables, "server", CONFIG)) {
      CallClient client = clientOnceItRuns(port, found("concierge_[\\w-]{43}", made));
      assertThatThrownBy(() -> client.place(RunningService.order("+14155550100")))
          .as(server.output())
          .hasMessageContaining("403");
    }
  }

  private static String found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow().group();
  }

  @Test
  void aDatabaseThatIsDownStopsTheStartWithOneMessage() throws Exception {
    Map<String, String> variables = ports(RunningService.freePort());
    variables.put(
        "DATABASE_URL", "jdbc:postgresql://localhost:" + RunningService.freePort() + "/concierge");
    variables.put("PARAMETER_SECRET", "sixteen-and-more-characters");
    assertThat(messageOfAStart(variables)).startsWith("The database cannot be used");
  }

  /** All that a start that failed has said, but for what was still well, and what Java says. */
  private String messageOfAStart(Map<String, String> variables) throws Exception {
    try (JarProcess server = new JarProcess(folder, variables, "server", CONFIG)) {
      assertThat(server.exitCode()).isNotZero();
      List<String> lines =
          server.output().lines().filter(line -> !line.matches("(INFO|Picked up).*")).toList();
      assertThat(lines).hasSize(1);
      return lines.get(0);
    }
  }

  /**
   * Told to end, a service takes no new calls, lets the agent say goodbye, and has written all of
   * it down when it exits.
   */
  @Test
  @Behaviour(59)
  void aProcessToldToEndFinishesItsCallFirst() throws Exception {
    int port = RunningService.freePort();
    Map<String, String> variables = ports(port);
    variables.put("LOG_FORMAT", "json");
    String id;
    try (JarProcess server = new JarProcess(folder, variables, "server", CONFIG)) {
      CallClient client = clientOnceItRuns(port);
      id = client.place(RunningService.order("+14155550100")).path("id").asText();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> client.call(id + "/transcript").path("turns").size() >= 2);
      server.terminate();
      String health = "http://localhost:" + variables.get("ADMIN_PORT") + "/healthcheck";
      await().atMost(Duration.ofSeconds(10)).until(() -> status(URI.create(health)) == 500);
      assertThatThrownBy(() -> client.place(RunningService.order("+14155550100")))
          .hasMessageContaining("shutting down");
      assertThat(client.call(id).path("ended_at").isNull()).as("it goes on").isTrue();
      server.exitCode();
      assertThat(linesAbout(id, server.output()))
          .last()
          .satisfies(
              line ->
                  assertThat(line.path("message").asText())
                      .startsWith("conversation ended: ")
                      .contains(" reason=shut_down ", " outcome=callback_needed "));
    }
    try (JarProcess server = new JarProcess(folder, ports(port), "server", CONFIG)) {
      CallClient client = clientOnceItRuns(port);
      JsonNode call = client.call(id);
      assertThat(call.path("status").asText()).as(server.output()).isEqualTo("completed");
      assertThat(call.path("ended_reason").asText()).isEqualTo("shut_down");
      assertThat(call.path("outcome").path("result").asText()).isEqualTo("callback_needed");
      assertThat(client.call(id + "/transcript").path("turns").findValuesAsText("text"))
          .last()
          .asString()
          .contains("Goodbye");
    }
  }

  private static int status(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
        .statusCode();
  }

  /** Lines of a log in JSON that name that call. Each line has to be JSON. */
  private static List<JsonNode> linesAbout(String callId, String log) {
    return log.lines()
        .map(ProcessesIT::json)
        .filter(line -> line.path("mdc").path("call_id").asText().equals(callId))
        .toList();
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  @Behaviour(59)
  void aProcessKilledDuringACallLeavesHistoryAndNoCallThatRunsForEver() throws Exception {
    int port = RunningService.freePort();
    String id;
    try (JarProcess server = new JarProcess(folder, ports(port), "server", CONFIG)) {
      CallClient client = clientOnceItRuns(port);
      id = client.place(RunningService.order("+14155550105")).path("id").asText();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> client.call(id).path("status").asText().equals("in-progress"));
      server.kill();
    }
    try (JarProcess server = new JarProcess(folder, ports(port), "server", CONFIG)) {
      CallClient client = clientOnceItRuns(port);
      assertThat(client.call(id).path("id").asText()).isEqualTo(id);
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> !client.call(id).path("ended_at").isNull());
      JsonNode call = client.call(id);
      assertThat(call.path("status").asText()).as(server.output()).isEqualTo("failed");
      assertThat(call.path("ended_reason").asText()).isEqualTo("carrier_forgot");
      assertThat(call.path("outcome").path("result").asText()).isEqualTo("unknown");
    }
  }
}

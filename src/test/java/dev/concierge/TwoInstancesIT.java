package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of the service over one PostgreSQL, behind a load balancer that lets no call stay
 * on one of them, with the sandbox for both vendors in a process of its own.
 */
@Timeout(300)
class TwoInstancesIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "a-long-random-text";
  private static final String ACCOUNT = "AC00000000000000000000000000000000";
  private static final String TOKEN = "sandbox-auth-token";

  /** What comes of a call to each host. */
  private static final Map<String, String> RESULTS =
      Map.of(
          "+14155550100", "confirmed",
          "+14155550101", "alternative_offered",
          "+14155550102", "declined",
          "+14155550104", "confirmed",
          "+14155550106", "unknown",
          "+14155550108", "unreached",
          "+14155550110", "unreached");

  @TempDir static Path folder;

  private static final List<AutoCloseable> running = new ArrayList<>();
  private static Balancer balancer;
  private static CallClient client;
  private static int sandboxPort;

  @BeforeAll
  static void start() throws Exception {
    EmbeddedPostgres postgres = started(EmbeddedPostgres.start());
    sandboxPort = RunningService.freePort();
    String[] sandbox = {"sandbox", "--port", String.valueOf(sandboxPort), "--speed", "3"};
    started(new JarProcess(folder, Map.of(), sandbox));
    int[] ports = {RunningService.freePort(), RunningService.freePort()};
    balancer = started(new Balancer(ports[0], ports[1]));
    // At once, on an empty database.
    for (int port : ports) {
      Map<String, String> variables = variables(port, postgres.getPort());
      String config = Path.of("config.yml").toAbsolutePath().toString();
      started(new JarProcess(folder, variables, "server", config));
    }
    for (int port : ports) {
      CallClient instance = new CallClient(URI.create("http://localhost:" + port), KEY);
      await()
          .atMost(Duration.ofSeconds(90))
          .ignoreExceptions()
          .until(() -> instance.call("").has("calls"));
    }
    client = new CallClient(balancer.url(), KEY);
  }

  private static <T extends AutoCloseable> T started(T closeable) {
    running.add(0, closeable);
    return closeable;
  }

  private static Map<String, String> variables(int port, int postgresPort) throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put("HTTP_PORT", String.valueOf(port));
    variables.put("ADMIN_PORT", String.valueOf(RunningService.freePort()));
    variables.put("SPOOL_FILE", folder.resolve(port + ".spool").toString());
    variables.put("PUBLIC_URL", balancer.url().toString());
    variables.put("API_KEY", KEY);
    variables.put("PARAMETER_SECRET", "the-same-on-every-instance");
    variables.put("DATABASE_URL", "jdbc:postgresql://localhost:" + postgresPort + "/postgres");
    variables.put("DATABASE_USER", "postgres");
    variables.put("CARRIER", "twilio");
    variables.put("TWILIO_BASE_URL", "http://localhost:" + sandboxPort);
    variables.put("TWILIO_ACCOUNT_SID", ACCOUNT);
    variables.put("TWILIO_AUTH_TOKEN", TOKEN);
    variables.put("TWILIO_FROM", "+14155550199");
    variables.put("MODEL", "openai");
    variables.put("OPENAI_REALTIME_URL", "ws://localhost:" + sandboxPort + "/v1/realtime");
    variables.put("OPENAI_API_KEY", "sandbox-api-key");
    return variables;
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : running) {
      each.close();
    }
  }

  @Test
  void everyCallEndsOnceWhicheverInstanceHearsOfIt() throws Exception {
    Map<String, String> numbers = new HashMap<>();
    for (int instance = 0; instance < 2; instance++) {
      balancer.serveClientsBy(instance);
      List<String> ids = new ArrayList<>();
      for (String number : RESULTS.keySet()) {
        String id = client.place(RunningService.order(number)).path("id").asText();
        ids.add(id);
        numbers.put(id, number);
      }
      ids.forEach(TwoInstancesIT::awaitEnd);
    }
    for (String id : numbers.keySet()) {
      JsonNode call = client.call(id);
      assertThat(call.path("outcome").path("result").asText())
          .as("%s", call)
          .isEqualTo(RESULTS.get(numbers.get(id)));
      assertEachFactWasToldOnce(id);
      if (call.hasNonNull("answered_at")) {
        assertThat(balancer.servedBy("/twilio/status/" + id)).containsExactly(0, 1);
      }
    }
    assertThat(balancer.servedBy("/media-stream")).containsExactly(0, 1);
    assertThat(dialled()).isEqualTo(numbers.size());
  }

  @Test
  void aCallThatNobodyReportsOnIsSettledOnce() throws Exception {
    List<String> ids = new ArrayList<>();
    balancer.loseCallbacks(true);
    try {
      for (int i = 0; i < 5; i++) {
        ids.add(client.place(RunningService.order("+14155550108")).path("id").asText());
      }
      ids.forEach(TwoInstancesIT::awaitEnd);
    } finally {
      balancer.loseCallbacks(false);
    }
    for (String id : ids) {
      assertThat(client.call(id).path("status").asText()).isEqualTo("busy");
      assertThat(names(id)).containsOnlyOnce("reconciledbusy");
    }
  }

  private static void awaitEnd(String id) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              JsonNode call = client.call(id);
              return call.hasNonNull("ended_at")
                  && (!call.hasNonNull("answered_at") || call.hasNonNull("conversation"));
            });
  }

  private static void assertEachFactWasToldOnce(String id) throws Exception {
    List<String> once = new ArrayList<>(names(id));
    once.removeIf(name -> name.startsWith("turn_spoken") || name.startsWith("barged_in"));
    assertThat(once).doesNotHaveDuplicates().contains("requested", "submitted");
    assertThat(once).noneMatch(name -> name.startsWith("reconciled"));
  }

  private static List<String> names(String id) throws Exception {
    JsonNode facts = client.call(id + "/facts").path("facts");
    return StreamSupport.stream(facts.spliterator(), false).map(TwoInstancesIT::nameOf).toList();
  }

  /** What must not be said twice; a status is told once for each that there is. */
  private static String nameOf(JsonNode fact) {
    JsonNode said = fact.path("fact");
    return said.path("kind").asText()
        + said.path("status").asText("")
        + said.path("event").asText("");
  }

  /** How many calls the carrier was asked for. */
  private static int dialled() throws Exception {
    String path = "/2010-04-01/Accounts/" + ACCOUNT + "/Calls.json?PageSize=1000";
    String credentials =
        Base64.getEncoder()
            .encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + sandboxPort + path))
            .header("Authorization", "Basic " + credentials)
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return JSON.readTree(answer).path("calls").size();
  }
}

package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.sandbox.Sandbox;
import dev.concierge.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service at whatever step its calls happen to be at, again and again, while the vendors
 * live on. {@code -Dcrashes=200} for more of it.
 */
class CrashesIT {

  private static final int CRASHES = Integer.getInteger("crashes", 4);
  private static final int CALLS_PER_LIFE = 3;

  /**
   * H2 shows what was committed a moment before it is in its file, and before whoever told it knows
   * that it is. Less than the half second for which H2 would keep it in memory by default.
   */
  private static final Duration WHILE_IT_IS_WRITTEN = Duration.ofMillis(250);

  private static final String ACCOUNT = "AC00000000000000000000000000000000";
  private static final String TOKEN = "sandbox-auth-token";
  private static final String KEY = "a-long-random-text-for-the-tests-of-crashes";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final Random random = new Random();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, JsonNode> orders = new HashMap<>();
  private final Map<String, String> answered = new HashMap<>();
  private final Map<String, Set<JsonNode>> factsSeen = new HashMap<>();
  private Sandbox sandbox;
  private URI service;

  @BeforeEach
  void startTheVendors() throws Exception {
    sandbox = new Sandbox(new SandboxSettings("127.0.0.1", 0, ACCOUNT, TOKEN, "key", 10, null));
    sandbox.start();
    service = URI.create("http://localhost:" + RunningService.freePort());
    variables.put("HTTP_PORT", String.valueOf(service.getPort()));
    variables.put("ADMIN_PORT", String.valueOf(RunningService.freePort()));
    variables.put("CARRIER", "twilio");
    variables.put("TWILIO_BASE_URL", sandbox.twilioUrl().toString());
    variables.put("TWILIO_ACCOUNT_SID", ACCOUNT);
    variables.put("TWILIO_AUTH_TOKEN", TOKEN);
    variables.put("TWILIO_FROM", "+14155550199");
    variables.put("MODEL", "openai");
    variables.put("OPENAI_REALTIME_URL", sandbox.realtimeUrl().toString());
    variables.put("OPENAI_API_KEY", "key");
    variables.put("API_KEY", KEY);
    variables.put("REQUESTS_PER_SECOND", "10000");
  }

  @AfterEach
  void stopTheVendors() throws Exception {
    sandbox.stop();
  }

  private JarProcess started() throws Exception {
    String config = Path.of("config.yml").toAbsolutePath().toString();
    JarProcess server = new JarProcess(folder, variables, "server", config);
    await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(() -> get("/calls?limit=1").statusCode() == 200);
    return server;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + KEY);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> place(String to) {
    HttpRequest request =
        request("/calls")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "for-" + to)
            .POST(BodyPublishers.ofString(orders.get(to).toString()))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  @Test
  void noCrashDialsTwiceLosesAFactOrLeavesACallBehind() throws Exception {
    int number = 0;
    for (int crash = 0; crash < CRASHES; crash++) {
      try (JarProcess server = started()) {
        Instant lifeEnds = Instant.now().plusMillis(random.nextInt(3_000));
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < CALLS_PER_LIFE; i++) {
          String to = "+1415556%04d".formatted(number++);
          orders.put(to, RunningService.order(to));
          asked.add(place(to));
        }
        lookUntil(lifeEnds);
        server.kill();
        asked.forEach(this::note);
      }
    }
    try (JarProcess server = started()) {
      for (String to : orders.keySet()) {
        note(place(to));
      }
      assertThat(answered.keySet()).as(server.output()).isEqualTo(orders.keySet());
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(this::assertThatNoCallIsStuck);
      for (Map.Entry<String, String> call : answered.entrySet()) {
        assertThat(dialled(call.getKey())).as("dials of " + call.getKey()).isLessThanOrEqualTo(1);
        assertThat(facts(call.getValue()))
            .containsAll(factsSeen.getOrDefault(call.getValue(), Set.of()));
        JsonNode verification = read("/calls/" + call.getValue() + "/verification");
        assertThat(verification.path("whole").asBoolean()).as(verification.toString()).isTrue();
      }
    }
  }

  /** Notes which facts the ledger shows, until the time has come. */
  private void lookUntil(Instant end) throws Exception {
    while (Instant.now().isBefore(end)) {
      for (JsonNode call : read("/calls?limit=" + CALLS_PER_LIFE).path("calls")) {
        String id = call.path("id").asText();
        Instant written = Instant.now().minus(WHILE_IT_IS_WRITTEN);
        Set<JsonNode> seen = factsSeen.computeIfAbsent(id, unseen -> new HashSet<>());
        facts(id).stream()
            .filter(fact -> Instant.parse(fact.path("recorded_at").asText()).isBefore(written))
            .forEach(seen::add);
      }
    }
  }

  /** What the client was told, if it was told anything. */
  private void note(CompletableFuture<HttpResponse<String>> asked) {
    HttpResponse<String> answer;
    try {
      answer = asked.get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      // Killed before it could answer.
      return;
    }
    JsonNode call = json(answer);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    String before = answered.put(call.path("to").asText(), call.path("id").asText());
    assertThat(call.path("id").asText())
        .isEqualTo(before == null ? call.path("id").asText() : before);
  }

  /** As JSON, because the order of what a callback said differs from process to process. */
  private Set<JsonNode> facts(String id) throws IOException, InterruptedException {
    Set<JsonNode> facts = new HashSet<>();
    read("/calls/" + id + "/facts").path("facts").forEach(facts::add);
    return facts;
  }

  private int dialled(String to) throws IOException, InterruptedException {
    String path =
        "/2010-04-01/Accounts/%s/Calls.json?To=%s"
            .formatted(ACCOUNT, URLEncoder.encode(to, StandardCharsets.UTF_8));
    String credentials = ACCOUNT + ":" + TOKEN;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.twilioUrl() + path))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .build();
    return json(http.send(request, BodyHandlers.ofString())).path("calls").size();
  }

  /** A call that the carrier never heard of is given up only after five minutes. */
  private void assertThatNoCallIsStuck() throws Exception {
    for (Map.Entry<String, String> each : answered.entrySet()) {
      JsonNode call = read("/calls/" + each.getValue());
      if (call.path("ended_at").isNull()) {
        assertThat(call.path("status").asText()).as(call.toString()).isEqualTo("submitting");
        assertThat(dialled(each.getKey())).isZero();
        assertThat(Instant.parse(call.path("created_at").asText()))
            .isAfter(Instant.now().minus(Duration.ofMinutes(6)));
      }
    }
  }

  private JsonNode read(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

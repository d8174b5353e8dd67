package dev.concierge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallId;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import dev.concierge.ledger.JdbiCallLedger;
import dev.concierge.ledger.LoadDatabase;
import dev.concierge.twilio.TwilioSigner;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Measures how fast the built jar takes Twilio's signed status callbacks, four for each call, each
 * a fact of its own in the ledger before it is answered: {@code CallbackMeasure DATABASE CLIENTS
 * CALLS}, with a {@link LoadDatabase} that is no H2 file. The first quarter is warm-up: the first
 * callback of every call.
 */
final class CallbackMeasure {

  private static final String AUTH_TOKEN = "measured-auth-token";
  private static final String API_KEY = "measured-api-key-measured";
  private static final String[] STATUSES = {"initiated", "ringing", "in-progress", "completed"};

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI service;

  private CallbackMeasure(URI service) {
    this.service = service;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("callbacks");
    int port = RunningService.freePort();
    URI service = URI.create("http://localhost:" + port);
    String config = Path.of("config.yml").toAbsolutePath().toString();
    try (LoadDatabase database = LoadDatabase.open(arguments[0])) {
      CallId[] calls = calls(database.source(), Integer.parseInt(arguments[2]));
      Map<String, String> variables = variables(port, database.url());
      try (JarProcess jar = new JarProcess(folder, variables, "server", config)) {
        CallbackMeasure measure = new CallbackMeasure(service);
        measure.awaitService();
        measure.run(calls, Integer.parseInt(arguments[1]));
        jar.terminate();
      }
    }
  }

  private static Map<String, String> variables(int port, String database) throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put("HTTP_PORT", String.valueOf(port));
    variables.put("ADMIN_PORT", String.valueOf(RunningService.freePort()));
    variables.put("PUBLIC_URL", "http://localhost:" + port);
    variables.put("DATABASE_URL", database);
    variables.put("PARAMETER_SECRET", "measured-parameter-secret");
    variables.put("CARRIER", "twilio");
    variables.put("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000000");
    variables.put("TWILIO_AUTH_TOKEN", AUTH_TOKEN);
    variables.put("TWILIO_FROM", "+14155550199");
    // Nobody is there, and nobody need be.
    variables.put("TWILIO_BASE_URL", "http://127.0.0.1:9");
    variables.put("API_KEY", API_KEY);
    variables.put("REQUESTS_PER_SECOND", "1000000");
    return variables;
  }

  /** Asked for in an hour, so that nobody looks after them meanwhile because they are silent. */
  private static CallId[] calls(DataSource source, int number) {
    CallId[] calls = new CallId[number];
    Instant at = Instant.now().plus(Duration.ofHours(1));
    try (Handle connection = Jdbi.create(source).open()) {
      JdbiCallLedger ledger =
          new JdbiCallLedger(Jdbi.create(connection.getConnection()), Clock.systemUTC());
      for (int i = 0; i < number; i++) {
        calls[i] = CallId.random();
        Requested requested = new Requested(TestCalls.request());
        ledger.open(new LedgerEntry(calls[i], FactSource.DESK, 0, at, requested));
      }
    }
    return calls;
  }

  private void awaitService() throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    CallClient client = new CallClient(service, API_KEY);
    while (Instant.now().isBefore(deadline)) {
      try {
        client.call("");
        return;
      } catch (IOException | RuntimeException notYet) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    throw new IllegalStateException("the service does not start");
  }

  private void run(CallId[] calls, int clients) throws Exception {
    int callbacks = calls.length * STATUSES.length;
    int warmUp = calls.length;
    long[] micros = new long[callbacks];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    long[] measuredFrom = {System.nanoTime()};
    for (int i = 0; i < clients; i++) {
      threads.execute(
          () -> {
            for (int n = next.getAndIncrement(); n < callbacks; n = next.getAndIncrement()) {
              if (n == warmUp) {
                measuredFrom[0] = System.nanoTime();
              }
              long begun = System.nanoTime();
              if (post(calls[n % calls.length], n / calls.length) != 204) {
                failed.incrementAndGet();
              }
              micros[n] = (System.nanoTime() - begun) / 1_000;
            }
          });
    }
    threads.shutdown();
    threads.awaitTermination(10, TimeUnit.MINUTES);
    double seconds = (System.nanoTime() - measuredFrom[0]) / 1e9;
    long[] sorted = Arrays.stream(micros, warmUp, callbacks).sorted().toArray();
    System.out.printf(
        "%d clients: %.0f callbacks a second, p50 %.1f ms, p99 %.1f ms, %d not answered with 204%n",
        clients,
        sorted.length / seconds,
        sorted[sorted.length / 2] / 1e3,
        sorted[sorted.length * 99 / 100] / 1e3,
        failed.get());
  }

  private int post(CallId call, int sequence) {
    Map<String, String> form = new TreeMap<>();
    form.put("AccountSid", "AC00000000000000000000000000000000");
    form.put("CallSid", "CA" + call.value().replace("-", ""));
    form.put("CallStatus", STATUSES[sequence]);
    form.put("SequenceNumber", String.valueOf(sequence));
    URI url = service.resolve("/twilio/status/" + call.value());
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Twilio-Signature", TwilioSigner.sign(AUTH_TOKEN, url.toString(), form))
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (Exception e) {
      return 0;
    }
  }
}

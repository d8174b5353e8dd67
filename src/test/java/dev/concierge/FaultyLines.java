package dev.concierge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.RunningService.Followed;
import dev.concierge.sandbox.Sandbox;
import dev.concierge.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The whole service, and a sandbox five times as fast as real time whose hosts all have the table,
 * each with a fault of its own on one of the wires.
 */
final class FaultyLines implements AutoCloseable {

  private static final String ACCOUNT_SID = "AC00000000000000000000000000000000";
  private static final int FIRST_LINE = 2_000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, String> numbers = new HashMap<>();
  private final Sandbox sandbox;
  private final RunningService service;

  /** What became of a call, and what whoever picked it up understood. */
  record Ended(JsonNode call, List<String> heard) {

    String reason() {
      return call.path("ended_reason").asText();
    }

    String detail() {
      return call.path("ended_detail").asText();
    }

    String result() {
      return call.path("outcome").path("result").asText();
    }
  }

  /**
   * @param hosts an empty folder
   * @param wire {@code twilio} or {@code model}
   * @param faults of a host's script, in YAML without braces, by the names of the troubles
   */
  FaultyLines(Path hosts, String wire, Map<String, String> faults) throws Exception {
    for (Map.Entry<String, String> trouble : faults.entrySet()) {
      String number = "+1415555" + (FIRST_LINE + numbers.size());
      numbers.put(trouble.getKey(), number);
      writeHost(hosts, number, "[{wire: " + wire + ", " + trouble.getValue() + "}]");
    }
    sandbox =
        new Sandbox(
            new SandboxSettings("127.0.0.1", 0, ACCOUNT_SID, "auth-token", "api-key", 5, hosts));
    sandbox.start();
    service =
        new RunningService(
            Map.of(
                "CARRIER", "twilio",
                "TWILIO_BASE_URL", sandbox.twilioUrl().toString(),
                "TWILIO_ACCOUNT_SID", ACCOUNT_SID,
                "TWILIO_AUTH_TOKEN", "auth-token",
                "TWILIO_FROM", "+14155550199",
                "MODEL", "openai",
                "MODEL_IDLE_SESSIONS", "0",
                "OPENAI_REALTIME_URL", sandbox.realtimeUrl().toString(),
                "OPENAI_API_KEY", "api-key",
                "API_KEY", "any"));
  }

  private static void writeHost(Path hosts, String number, String faults) throws IOException {
    String confirms = Files.readString(Path.of("src/main/resources/hosts/confirms.yml"));
    Files.writeString(
        hosts.resolve(number + ".yml"),
        confirms.replace("+14155550100", number) + "\nfaults: " + faults + "\n");
  }

  /** Phones the host that has this trouble in store, and waits for the end. */
  Ended call(String trouble) {
    try {
      var order = RunningService.order(numbers.get(trouble)).put("restaurant_name", trouble);
      Followed followed = service.follow(order);
      String sid = followed.call().path("carrier_call_id").asText();
      return new Ended(followed.call(), sandbox.heard(sid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Phones the host that has this trouble in store, and goes on at once. */
  CompletableFuture<Ended> begin(String trouble) {
    return CompletableFuture.supplyAsync(() -> call(trouble), threads);
  }

  /** How many sockets the sandbox has with the service, of both wires. */
  int openSockets() {
    return sandbox.openSockets();
  }

  @Override
  public void close() throws Exception {
    threads.shutdownNow();
    service.close();
    sandbox.stop();
  }
}

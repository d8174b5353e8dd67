package dev.concierge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The whole service in this process, with a sandbox five times as fast as real time. */
final class RunningService implements AutoCloseable {

  /** What a follower of a call was told. */
  record Event(String name, JsonNode data) {}

  /** A call that was followed to its end. */
  record Followed(JsonNode call, List<Event> events, JsonNode transcript) {}

  private final DropwizardTestSupport<ConciergeConfiguration> support;
  private final URI url;
  private final CallClient client;

  /**
   * @param variables in place of the defaults
   */
  RunningService(Map<String, String> variables) throws Exception {
    Map<String, String> all = new HashMap<>();
    int port = freePort();
    all.put("HTTP_PORT", String.valueOf(port));
    all.put("ADMIN_PORT", String.valueOf(freePort()));
    all.put("SANDBOX_SPEED", "5");
    all.put("DATABASE_URL", "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL");
    all.put("LOG_LEVEL", "WARN");
    all.putAll(variables);
    support =
        new DropwizardTestSupport<>(ConciergeApplication.class, "config.yml") {
          @Override
          public Application<ConciergeConfiguration> newApplication() {
            return new ConciergeApplication(
                Variables.of(all), new FileConfigurationSourceProvider());
          }
        };
    support.before();
    url = URI.create("http://localhost:" + port);
    client = new CallClient(url, all.getOrDefault("API_KEY", ""));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static ObjectNode order(String to) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("to", to)
        .put("restaurant_name", "Demo Restaurant")
        .put("party_size", 4)
        .put("date", "tomorrow")
        .put("time", "7pm")
        .put("guest_name", "Alex Doe")
        .put("callback_number", "+14155550142");
  }

  URI url() {
    return url;
  }

  CallClient client() {
    return client;
  }

  /** Places a call and follows it to its end. */
  Followed follow(ObjectNode order) throws IOException, InterruptedException {
    String id = client.place(order).path("id").asText();
    List<Event> events = new ArrayList<>();
    client.follow(id, (name, data) -> events.add(new Event(name, data)));
    return new Followed(client.call(id), events, client.call(id + "/transcript"));
  }

  @Override
  public void close() {
    support.after();
  }
}

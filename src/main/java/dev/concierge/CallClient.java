package dev.concierge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client of our own REST API; shares nothing with the service but HTTP. */
final class CallClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI server;
  private final String apiKey;

  /**
   * @param apiKey empty where the service asks for none
   */
  CallClient(URI server, String apiKey) {
    this.server = server;
    this.apiKey = apiKey;
  }

  /** Places a call and returns it as the service describes it. */
  JsonNode place(JsonNode order) throws IOException, InterruptedException {
    HttpRequest request =
        request("/calls")
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(40))
            .POST(HttpRequest.BodyPublishers.ofString(order.toString()))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 201) {
      throw new CallRefusedException(response.statusCode(), problem(response.body()));
    }
    return JSON.readTree(response.body());
  }

  /** The call as it stands. */
  JsonNode call(String id) throws IOException, InterruptedException {
    HttpRequest request = request("/calls/" + id).timeout(Duration.ofSeconds(10)).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new CallRefusedException(response.statusCode(), problem(response.body()));
    }
    return JSON.readTree(response.body());
  }

  /**
   * Follows a call to its end.
   *
   * @param events takes each event's name and data as it comes
   * @throws IOException if the service stops telling before that
   */
  void follow(String id, BiConsumer<String, JsonNode> events)
      throws IOException, InterruptedException {
    HttpRequest request =
        request("/calls/" + id + "/live").header("Accept", "text/event-stream").build();
    HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() != 200) {
        throw new CallRefusedException(response.statusCode(), "the call cannot be followed");
      }
      if (!toldToTheEnd(lines.iterator(), events)) {
        throw new IOException(cutOff(id));
      }
    } catch (UncheckedIOException e) {
      throw new IOException(cutOff(id), e);
    }
  }

  /** Whether the last event was told that there is. */
  private static boolean toldToTheEnd(Iterator<String> lines, BiConsumer<String, JsonNode> events)
      throws IOException {
    String name = "message";
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("event:")) {
        name = line.substring("event:".length()).trim();
      } else if (line.startsWith("data:")) {
        events.accept(name, JSON.readTree(line.substring("data:".length())));
      }
    }
    return name.equals("end");
  }

  private String cutOff(String id) {
    return "The service stopped telling about the call before its end; look at "
        + server.resolve("/calls/" + id)
        + ".";
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    return apiKey.isEmpty() ? request : request.header("Authorization", "Bearer " + apiKey);
  }

  /** What a problem says, each wrong field on a line of its own. */
  private static String problem(String body) {
    try {
      JsonNode problem = JSON.readTree(body);
      StringBuilder words =
          new StringBuilder(text(problem, "detail", text(problem, "title", body)));
      problem
          .path("errors")
          .forEach(
              e ->
                  words
                      .append("\n  ")
                      .append(text(e, "field", ""))
                      .append(": ")
                      .append(text(e, "message", "")));
      return words.toString();
    } catch (IOException e) {
      return body;
    }
  }

  private static String text(JsonNode node, String field, String otherwise) {
    return node.path(field).asText(otherwise);
  }

  /** The service did not take the call. */
  static final class CallRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    CallRefusedException(int status, @Nullable String words) {
      super("The service answered " + status + ": " + words);
    }
  }
}

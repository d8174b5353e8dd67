package dev.concierge.resources;

import static dev.concierge.resources.TestService.json;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFilterTest {

  private static final int PER_SECOND = 20;
  private static final String CALL = "/calls/00000000-0000-0000-0000-000000000000";

  private static final TestClock clock = new TestClock(TestService.NOW);
  private static TestService service;

  @BeforeAll
  static void start() {
    List<ApiKey> keys =
        List.of(
            ApiKey.of("app", Role.CALL, "s3cret"),
            ApiKey.of("desk", Role.READ, "l00k"),
            ApiKey.of("other", Role.READ, "0ther"));
    service =
        new TestService(
            environment -> {
              environment.jersey().register(new Signed());
              environment
                  .jersey()
                  .register(new ApiKeyFilter(keys, PER_SECOND, Set.of("/signed"), clock));
            });
  }

  @BeforeEach
  void letTokensComeBack() {
    clock.advance(Duration.ofSeconds(1));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** A resource with a check of its own. */
  @Path("/signed")
  public static final class Signed {
    @GET
    public String get() {
      return "open";
    }

    @POST
    @Path("/deep")
    public String post() {
      return "open";
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer s3cret", "bearer s3cret", "Bearer  s3cret", "Bearer l00k"})
  void aKeyOpens(String authorization) {
    assertThat(service.send(withKey("/calls", authorization)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer s3cre",
        "Bearer s3crets",
        "Bearer S3CRET",
        "s3cret",
        "Basic s3cret",
        "Basic czNjcmV0OnMzY3JldA==",
        // The hash, which the configuration shows.
        "Bearer 1ec1c26b50d5d3c58d9583181af8076655fe00756bf7285940ba3670f99fcba0",
      })
  void anythingElseDoesNot(String authorization) {
    HttpResponse<String> answer = service.send(withKey("/calls", authorization));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /calls",
    "GET, " + CALL,
    "GET, " + CALL + "/transcript",
    "GET, " + CALL + "/facts",
    "GET, " + CALL + "/live",
    "POST, /calls",
    "POST, " + CALL + "/hangup",
    // What there is not, or not for that method, is no business of a stranger's.
    "GET, /reservations",
    "GET, /",
    "PATCH, /calls",
    "OPTIONS, /calls",
    // Near what is exempt.
    "GET, /signedly",
    "GET, /signed;a=b",
    "GET, /calls/signed/",
  })
  void everyPathAndMethodAsksForAKey(String method, String path) {
    assertThat(service.send(request(method, path).build()).statusCode()).isEqualTo(401);
    assertThat(service.carrier.dialled).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"GET, /signed", "POST, /signed/deep"})
  void whatHasACheckOfItsOwnIsLeftToIt(String method, String path) {
    HttpRequest request =
        request(method, path).header("Content-Type", "application/x-www-form-urlencoded").build();
    assertThat(service.send(request).body()).isEqualTo("open");
  }

  @ParameterizedTest
  @CsvSource({"POST, /calls", "POST, " + CALL + "/hangup", "DELETE, " + CALL, "PATCH, /calls"})
  void aKeyForReadingChangesNothing(String method, String path) {
    HttpRequest request =
        request(method, path)
            .header("Authorization", "Bearer l00k")
            .header("Content-Type", "application/json")
            .build();
    HttpResponse<String> answer = service.send(request);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).get("detail").textValue()).contains("\"desk\"").contains("\"call\"");
    assertThat(service.carrier.dialled).isEmpty();
  }

  @Test
  void aKeyForCallingPlacesCalls() {
    HttpRequest request =
        request("POST", "/calls")
            .header("Authorization", "Bearer s3cret")
            .header("Content-Type", "application/json")
            .build();
    assertThat(service.send(request).statusCode()).isEqualTo(201);
    service.reset();
  }

  @Test
  void aKeyThatAsksTooOftenIsToldWhenToComeBack() {
    HttpRequest request = withKey("/calls", "Bearer 0ther");
    assertThat(IntStream.range(0, PER_SECOND).map(i -> service.send(request).statusCode()))
        .containsOnly(200);
    HttpResponse<String> answer = service.send(request);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(service.send(withKey("/calls", "Bearer l00k")).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMillis(1000 / PER_SECOND));
    assertThat(service.send(request).statusCode()).isEqualTo(200);
    assertThat(service.send(request).statusCode()).isEqualTo(429);
  }

  /** Or its next request may go into the closed connection, and would have no answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1000",
        "Content-Length: 3000000000",
        "Transfer-Encoding: chunked",
        "Content-Encoding: gzip\r\nContent-Length: 1000",
      })
  void whoseBodyIsLeftUnreadIsToldThatTheConnectionEnds(String body) throws IOException {
    String head = "POST /calls HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n".formatted(body);
    try (Socket socket = new Socket("localhost", service.port())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 401")
          .containsIgnoringCase("\r\nConnection: close")
          .containsIgnoringCase("\r\nContent-Length: ")
          .endsWith("}");
    }
  }

  private static HttpRequest.Builder request(String method, String path) {
    return service
        .request(path)
        .method(method, BodyPublishers.ofString(Requests.valid().toString()));
  }

  private static HttpRequest withKey(String path, String authorization) {
    return service.request(path).header("Authorization", authorization).build();
  }
}

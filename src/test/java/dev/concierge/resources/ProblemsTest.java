package dev.concierge.resources;

import static dev.concierge.resources.TestService.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

  private static TestService service;

  @BeforeAll
  static void start() {
    service = new TestService(environment -> environment.jersey().register(new Faulty()));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** A resource with a bug, that also knows when it cannot serve. */
  @Path("/faulty")
  public static final class Faulty {
    @GET
    public String fail() {
      throw new IllegalStateException("the secret of the house");
    }

    @GET
    @Path("/busy")
    public String refuse() {
      throw new ServiceUnavailableException(7L);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "call me",
        "[]",
        "7",
        "null",
        "{\"to\": }",
        "{} {}",
        "{\"to\": \"a\", \"to\": \"b\"}",
        "{\"to\": \"\u0001\"}",
      })
  void aBodyThatIsNotAJsonObjectIsABadRequest(String body) {
    HttpResponse<String> answer = service.post("/calls", body);
    assertProblem(answer, 400, "The body must be one JSON object");
  }

  @Test
  void aBodyThatIsNotUtf8IsABadRequest() {
    HttpResponse<String> answer =
        service.send(
            postOfJson(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"', '}'})));
    assertProblem(answer, 400, "The body must be one JSON object");
  }

  @Test
  void aBodyNestedTooDeeplyIsABadRequest() {
    assertProblem(
        service.post("/calls", "[".repeat(5000)), 400, "The body must be one JSON object");
  }

  @Test
  void aBodyMayHave64KibibytesAndNotOneMore() {
    String body = " ".repeat(64 * 1024 - 2) + "{}";
    assertThat(service.post("/calls", body).statusCode()).isEqualTo(422);
    assertProblem(service.post("/calls", " " + body), 413, "at most 65536 bytes");
  }

  @Test
  void aChunkedBodyIsMeasuredToo() {
    byte[] bytes = new byte[100_000];
    Arrays.fill(bytes, (byte) ' ');
    BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    assertProblem(service.send(postOfJson(chunked)), 413, "at most 65536 bytes");
  }

  @Test
  void aCompressedBodyIsMeasuredAsItIsRead() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(" ".repeat(100_000).getBytes(UTF_8));
    }
    HttpRequest request =
        service
            .request("/calls")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(compressed.toByteArray()))
            .build();
    assertProblem(service.send(request), 413, "at most 65536 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
  void aBodyOfAnotherTypeIsRefused(String type) {
    HttpRequest request =
        service
            .request("/calls")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(Requests.valid().toString()))
            .build();
    assertProblem(service.send(request), 415, "Content-Type: application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/calls", "/erasures"})
  void aBodyWithoutATypeIsRefused(String path) {
    HttpRequest request =
        service.request(path).POST(BodyPublishers.ofString(Requests.valid().toString())).build();
    assertProblem(service.send(request), 415, "Content-Type: application/json");
    assertThat(service.carrier.dialled).isEmpty();
  }

  @Test
  void aParameterThatNobodyReadsPlacesNoCall() {
    HttpResponse<String> answer = service.post("/calls?dry_run=true", Requests.valid().toString());
    assertProblem(answer, 400, "Some query parameters cannot be used");
    assertThat(json(answer).get("errors").findValuesAsText("field")).containsExactly("dry_run");
    assertThat(service.carrier.dialled).isEmpty();
  }

  @Test
  void anUnknownPathIsNotFound() {
    assertProblem(service.get("/reservations"), 404, "nothing under this path");
  }

  @Test
  void anotherMethodIsToldTheRightOnes() {
    HttpResponse<String> answer = service.send(service.request("/calls").DELETE().build());
    assertProblem(answer, 405, "POST");
    assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET").contains("POST");
  }

  @Test
  void anAnswerOfATypeWeDoNotHaveIsRefused() {
    HttpRequest request = service.request("/calls").header("Accept", "image/png").build();
    assertProblem(service.send(request), 406, "Accept");
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE /calls HTTP/1.1, 405",
    "BREW /calls HTTP/1.1, 405",
    "GET /calls/%2e%2e/x HTTP/1.1, 400",
    "GET /calls/%zz HTTP/1.1, 400",
    "GET calls HTTP/1.1, 400",
    "GET /calls HTTP/7, 505",
  })
  void whatTheServerItselfRefusesIsAProblemToo(String line, int status) throws IOException {
    try (Socket socket = new Socket("localhost", service.port())) {
      String request = line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status)
          .contains("application/problem+json")
          .contains("\"status\":" + status)
          .doesNotContain("Jetty");
    }
  }

  @Test
  void aFaultOfOursTellsNothingOfIt() {
    HttpResponse<String> answer = service.get("/faulty");
    assertProblem(answer, 500, "a fault of the service");
    assertThat(json(answer).get("instance").textValue()).startsWith("urn:uuid:");
    assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void aResourceMaySayThatItCannotServeNow() {
    HttpResponse<String> answer = service.get("/faulty/busy");
    assertProblem(answer, 503, "cannot be served at the moment");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
  }

  @Test
  void aDatabaseThatIsAwayIsToBeAskedAgain() {
    try (TestService forlorn = new TestService()) {
      forlorn.loseDatabase();
      HttpResponse<String> answer = forlorn.get("/calls");
      assertProblem(answer, 503, "The database cannot be reached.");
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    }
  }

  private static HttpRequest postOfJson(BodyPublisher body) {
    return service
        .request("/calls")
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(body)
        .build();
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).get("status").intValue()).isEqualTo(status);
    assertThat(json(answer).get("title").textValue()).isNotBlank();
    assertThat(json(answer).get("detail").textValue()).contains(detail);
  }
}

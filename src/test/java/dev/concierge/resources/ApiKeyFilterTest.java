package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFilterTest {

  private static TestService service;

  @BeforeAll
  static void start() {
    service =
        new TestService(
            environment -> {
              environment.jersey().register(new Signed());
              environment.jersey().register(new ApiKeyFilter("s3cret", Set.of(Signed.class)));
            });
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
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer s3cret", "bearer s3cret", "Bearer  s3cret"})
  void theKeyOpens(String authorization) {
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
        "Basic czNjcmV0OnMzY3JldA=="
      })
  void anythingElseDoesNot(String authorization) {
    HttpResponse<String> answer = service.send(withKey("/calls", authorization));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/calls",
        "/calls/00000000-0000-0000-0000-000000000000",
        "/calls/00000000-0000-0000-0000-000000000000/transcript",
        "/calls/00000000-0000-0000-0000-000000000000/facts",
        "/calls/00000000-0000-0000-0000-000000000000/live",
      })
  void everyPathAsksForTheKey(String path) {
    assertThat(service.get(path).statusCode()).isEqualTo(401);
  }

  @Test
  void nothingIsDoneWithoutTheKey() {
    assertThat(service.post("/calls", Requests.valid().toString()).statusCode()).isEqualTo(401);
    assertThat(service.post("/calls/00000000-0000-0000-0000-000000000000/hangup", "").statusCode())
        .isEqualTo(401);
    assertThat(service.carrier.dialled).isEmpty();
  }

  @Test
  void aResourceWithACheckOfItsOwnIsLeftToIt() {
    assertThat(service.get("/signed").body()).isEqualTo("open");
  }

  private static HttpRequest withKey(String path, String authorization) {
    return service.request(path).header("Authorization", authorization).build();
  }
}

package dev.concierge.resources;

import static dev.concierge.resources.TestService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.call.CallId;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationAndErasureTest {

  private static TestService service;

  @BeforeAll
  static void start() {
    service = new TestService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void reset() {
    service.reset();
  }

  private static CallId placedFor(String guest, String number) {
    String request =
        Requests.valid().put("guest_name", guest).put("callback_number", number).toString();
    return new CallId(json(service.post("/calls", request)).get("id").textValue());
  }

  @Test
  void aCallTellsWhetherItsHistoryIsWhole() {
    CallId id = service.place("Chez Test");

    assertThat(json(service.get("/calls/" + id + "/verification")))
        .isEqualTo(
            Requests.parse(
                """
                {"call_id": "%s", "whole": true, "facts": 2, "flaw": null}
                """
                    .formatted(id)));
  }

  @Test
  void aFlawIsNamed() {
    CallId id = service.place("Chez Test");
    service.jdbi.useHandle(
        handle -> handle.execute("UPDATE facts SET body = '{}' WHERE sequence = 2"));

    JsonNode answer = json(service.get("/calls/" + id + "/verification"));

    assertThat(answer.get("whole").booleanValue()).isFalse();
    assertThat(answer.get("flaw"))
        .isEqualTo(
            Requests.parse(
                """
                {"source": "desk", "sequence": 2, "kind": "fact_changed"}
                """));
  }

  @Test
  void anUnknownCallIsNotFound() {
    assertThat(service.get("/calls/" + CallId.random() + "/verification").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aPersonIsErasedFromEveryCallThatWasPlacedForThem() {
    CallId first = placedFor("Zoë", "+12125550188");
    CallId second = placedFor("Zoë", "+12125550188");
    CallId other = placedFor("Max", "+12125550177");

    HttpResponse<String> answer =
        service.post("/erasures", "{\"callback_number\": \"+1 212 555 0188\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("calls"))
        .extracting(JsonNode::textValue)
        .containsExactlyInAnyOrder(first.value(), second.value());
    JsonNode erased = json(service.get("/calls/" + first));
    assertThat(erased.get("guest_name").isNull()).isTrue();
    assertThat(erased.get("personal_data_erased").booleanValue()).isTrue();
    assertThat(json(service.get("/calls/" + other)).get("guest_name").textValue()).isEqualTo("Max");
  }

  @Test
  void aDamagedCallIsNamedAndKeepsNoOtherFromBeingErased() {
    List<CallId> calls =
        Stream.of(1, 2)
            .map(i -> placedFor("Zoë", "+12125550188"))
            .sorted(Comparator.comparing(CallId::value))
            .toList();
    service.jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE facts SET body = '{' WHERE call_id = ? AND sequence = 2",
                calls.get(0).value()));

    HttpResponse<String> answer =
        service.post("/erasures", "{\"callback_number\": \"+12125550188\"}");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(json(answer).get("detail").textValue()).contains(calls.get(0).value());
    assertThat(json(service.get("/calls/" + calls.get(1))).get("guest_name").isNull()).isTrue();
  }

  @Test
  void theKeyOfAnErasedCallPlacesNoOtherOne() {
    HttpRequest request =
        service
            .request("/calls")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "order-17")
            .POST(BodyPublishers.ofString(Requests.valid().toString()))
            .build();
    String id = json(service.send(request)).get("id").textValue();
    service.post("/erasures", "{\"call_id\": \"%s\"}".formatted(id));

    assertThat(service.send(request).statusCode()).isEqualTo(409);
    assertThat(service.carrier.dialled).hasSize(1);
  }

  @Test
  void oneCallIsErasedByItsName() {
    CallId id = placedFor("Zoë", "+12125550188");
    String wish = "{\"call_id\": \"%s\"}".formatted(id);

    assertThat(json(service.post("/erasures", wish)).get("calls")).hasSize(1);
    assertThat(json(service.post("/erasures", wish)).get("calls")).hasSize(1);

    assertThat(service.get("/calls/" + id + "/facts").body()).doesNotContain("Zo");
    assertThat(
            json(service.post("/erasures", "{\"call_id\": \"%s\"}".formatted(CallId.random())))
                .get("calls"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                    | callback_number",
        "{\"call_id\": \"x\"}                                  | call_id",
        "{\"callback_number\": \"555\"}                        | callback_number",
        "{\"phone\": \"+12125550188\"}                         | callback_number",
      })
  void anErasureThatDoesNotSayWhoseIsRefused(String body, String field) {
    HttpResponse<String> answer = service.post("/erasures", body);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).get("errors").findValuesAsText("field")).contains(field);
  }
}

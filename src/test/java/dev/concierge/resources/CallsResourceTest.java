package dev.concierge.resources;

import static dev.concierge.resources.TestService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.Behaviour;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.CarrierRefusedException;
import dev.concierge.call.ConversationSummary;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import dev.concierge.call.Outcome.Result;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import dev.concierge.call.Usage;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsResourceTest {

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

  @Test
  void aCallThatIsPlacedIsDialledAndCanBeReadWhereTheAnswerSays() {
    HttpResponse<String> answer = service.post("/calls", Requests.valid().toString());
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(service.carrier.dialled).hasSize(1);
    String path = answer.headers().firstValue("Location").orElseThrow();
    String id = json(answer).get("id").textValue();
    assertThat(path).isEqualTo("http://localhost:" + service.port() + "/calls/" + id);
    HttpResponse<String> read = service.get("/calls/" + id);
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(json(read)).isEqualTo(json(answer));
  }

  @Test
  @Behaviour(6)
  void aNewCallShowsWhatWasAskedAndWhatIsNotKnownYet() {
    ObjectNode request = Requests.valid().put("guest_name", "Zoë").put("time_window_minutes", 30);
    request.putObject("metadata").put("order", "17");
    JsonNode call = json(service.post("/calls", request.toString()));
    CallId id = new CallId(call.get("id").textValue());
    assertThat(call)
        .isEqualTo(
            Requests.parse(
                """
                {"id": "%s", "status": "queued", "to": "+12125550123",
                 "restaurant_name": "Chez Test", "party_size": 4,
                 "date": "2026-11-19", "date_said": "tomorrow",
                 "time": "19:00", "time_said": "7pm",
                 "time_zone": "America/New_York", "time_window_minutes": 30,
                 "guest_name": "Zoë", "callback_number": null, "special_requests": null,
                 "language": "en", "metadata": {"order": "17"},
                 "created_at": "2026-11-18T20:30:00Z", "answered_at": null, "answered_by": null,
                 "ended_at": null, "ended_reason": null, "ended_by": null, "ended_detail": null, "ended": null,
                 "hangup_requested": false, "personal_data_erased": false, "outcome": null, "carrier_call_id": "%s",
                 "conversation": null, "usage": null}
                """
                    .formatted(id, ScriptedCarrier.nameOf(id))));
  }

  @Test
  void aFinishedCallShowsWhatCameOfIt() {
    CallId id = service.place("Chez Test");
    String carrierCallId = ScriptedCarrier.nameOf(id);
    service.tell(id, new ConversationStarted("MZ1", carrierCallId));
    service.clock.advance(Duration.ofSeconds(42));
    service.tell(
        id,
        new OutcomeRecorded(
            new Outcome(
                Result.CONFIRMED,
                LocalDate.parse("2026-11-19"),
                LocalTime.parse("19:30"),
                4,
                "Zoë",
                "A7",
                null)),
        new ConversationEnded(
            EndedReason.AGENT_SAID_GOODBYE,
            null,
            new ConversationSummary(
                42_000, 310L, List.of(640L), 1, 336_000, 200_000, 2, new Usage(1, 2, 3, 4, 5, 6))),
        new StatusReported(CallStatus.COMPLETED, carrierCallId, null, Map.of()));
    JsonNode call = json(service.get("/calls/" + id));
    assertThat(call.get("status").textValue()).isEqualTo("completed");
    assertThat(call.get("answered_at").textValue()).isEqualTo("2026-11-18T20:30:00Z");
    assertThat(call.get("ended_at").textValue()).isEqualTo("2026-11-18T20:30:42Z");
    assertThat(call.get("ended_reason").textValue()).isEqualTo("agent_said_goodbye");
    assertThat(call.get("ended_by").textValue()).isEqualTo("us");
    assertThat(call.get("outcome"))
        .isEqualTo(
            Requests.parse(
                """
                {"result": "confirmed", "date": "2026-11-19", "time": "19:30", "party_size": 4,
                 "guest_name": "Zoë", "confirmation_number": "A7", "note": null}
                """));
    assertThat(call.get("conversation").toString())
        .isEqualTo(
            "{\"duration_ms\":42000,\"answer_to_first_audio_ms\":310,\"barge_ins\":1,"
                + "\"host_audio_bytes\":336000,\"agent_audio_bytes\":200000,"
                + "\"ignored_messages\":2}");
    assertThat(call.get("usage").get("cached_audio_tokens").intValue()).isEqualTo(4);
  }

  @Test
  void aCallThatTheCarrierRefusesIsThereAndFailed() {
    service.carrier.refusal =
        new CarrierRefusedException(EndedReason.CARRIER_REFUSED, "21211", "Invalid 'To'");
    HttpResponse<String> answer = service.post("/calls", Requests.valid().toString());
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer).get("status").textValue()).isEqualTo("failed");
    assertThat(json(answer).get("ended_detail").textValue()).isEqualTo("21211: Invalid 'To'");
    assertThat(json(answer).get("ended"))
        .isEqualTo(
            Requests.parse(
                """
                {"reason": "carrier_refused", "party": "carrier", "retryable": false,
                 "evidence": {"sip_code": null, "code": "21211", "words": "Invalid 'To'"}}
                """));
  }

  @Test
  void aRequestWithWrongFieldsIsRefusedWholeAndNobodyIsCalled() {
    HttpResponse<String> answer =
        service.post("/calls", "{\"to\": \"x\", \"party_size\": 0, \"colour\": \"red\"}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).get("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("to", "restaurant_name", "party_size", "date", "time", "colour");
    assertThat(service.carrier.dialled).isEmpty();
    assertThat(json(service.get("/calls")).get("calls")).isEmpty();
  }

  @Test
  void followingTheCursorShowsEveryCallOnceWhileOthersAreAdded() {
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      placed.add(0, service.place("Chez " + i).value());
      // Two calls at each moment.
      service.clock.advance(Duration.ofMillis(i % 2));
    }
    List<String> seen = new ArrayList<>();
    String next = "";
    while (next != null) {
      JsonNode page = json(service.get("/calls?limit=2" + next));
      seen.addAll(page.get("calls").findValuesAsText("id"));
      next =
          page.get("next_cursor").isNull() ? null : "&cursor=" + page.get("next_cursor").asText();
      service.clock.advance(Duration.ofMillis(1));
      service.place("added meanwhile");
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(placed);
    assertThat(seen.get(0)).isEqualTo(placed.get(0));
  }

  @Test
  void theListIsSortedAsAskedAndACursorKeepsToItsOrder() {
    String first = service.place("A").value();
    service.clock.advance(Duration.ofSeconds(1));
    String second = service.place("B").value();
    JsonNode page = json(service.get("/calls?sort=created_at&limit=1"));
    assertThat(page.get("calls").findValuesAsText("id")).containsExactly(first);
    String cursor = page.get("next_cursor").textValue();
    assertThat(
            json(service.get("/calls?sort=created_at&cursor=" + cursor))
                .get("calls")
                .findValuesAsText("id"))
        .containsExactly(second);
    assertThat(service.get("/calls?sort=-created_at&cursor=" + cursor).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "status=queued,                               2",
    "status=failed&status=queued,                 2",
    "status=failed,                               0",
    "outcome=unreached,                           1",
    "ended_reason=callee_busy,                    1",
    "to=%2B12125550123,                           3",
    "to=+12125550123,                             3",
    "to=%2B33142685300,                           0",
    "restaurant=luigi,                            1",
    "created_from=2026-11-18T20:30:01Z,           1",
    "created_to=2026-11-18T20:30:01Z,             2",
    "created_from=2026-11-18T21:30:01%2B01:00,    1",
    "created_from=0000-01-01T00:00:00Z,           3",
    "created_to=9999-12-31T23:59:59Z,             3",
    "limit=1,                                     1",
    "metadata.order=17,                           1",
    "metadata.order=1,                            0",
    "metadata.order=17&status=busy,               0",
    "q=CHOCOLATE+cafe,                            1",
    "q=chocolate&outcome=confirmed,               0",
  })
  void theListIsNarrowedByWhatIsAskedFor(String query, int calls) {
    service.place("Chez Test");
    CallId busy = service.place("Chez Test");
    service.tell(
        busy,
        new StatusReported(CallStatus.BUSY, ScriptedCarrier.nameOf(busy), null, Map.of()),
        new TurnSpoken(new Turn(Speaker.HOST, "Café Chocolate?", null, 0, 900, false)));
    service.clock.advance(Duration.ofSeconds(1));
    ObjectNode labelled = Requests.valid().put("restaurant_name", "Da Luigi");
    labelled.putObject("metadata").put("order", "17");
    service.post("/calls", labelled.toString());
    assertThat(json(service.get("/calls?" + query)).get("calls")).hasSize(calls);
  }

  @Test
  void everyQueryParameterThatCannotBeUsedIsNamed() {
    HttpResponse<String> answer =
        service.get(
            "/calls?status=ringin&outcome=x&ended_reason=x&to=x&restaurant=&created_from=today"
                + "&created_to=1&limit=201&cursor=AAAA&order=asc&sort=name&q=%21&metadata.a=%00");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "status",
            "outcome",
            "ended_reason",
            "to",
            "restaurant",
            "created_from",
            "created_to",
            "limit",
            "cursor",
            "order",
            "sort",
            "q",
            "metadata.a");
    assertThat(service.get("/calls?created_to=%2B1000000000-12-31T23:59:59Z").statusCode())
        .as("a year that no database holds")
        .isEqualTo(400);
    assertThat(json(service.get("/calls?limit=0")).get("errors").get(0).get("message").textValue())
        .isEqualTo("must be a whole number from 1 to 200");
    assertThat(json(service.get("/calls?limit=1&limit=2")).get("errors")).hasSize(1);
  }

  @Test
  void whenTheDatabaseGoesAwayWhileDiallingTheClientStillLearnsOfTheCall() {
    try (TestService forlorn = new TestService()) {
      forlorn.carrier.whileDialling = forlorn::loseDatabase;
      HttpResponse<String> answer = forlorn.post("/calls", Requests.valid().toString());
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(json(answer).get("status").textValue()).isEqualTo("queued");
      assertThat(forlorn.spooled).hasSize(1);
    }
  }

  @Test
  void whileTheDatabaseIsAwayNobodyIsCalledAndTheClientMayAskAgain() {
    try (TestService forlorn = new TestService()) {
      forlorn.loseDatabase();
      for (String key : List.of("", "order-17")) {
        HttpResponse<String> answer = place(forlorn, key, Requests.valid().toString());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
      }
      assertThat(forlorn.carrier.dialled).isEmpty();
    }
  }

  private static HttpResponse<String> place(TestService at, String key, String body) {
    HttpRequest.Builder request =
        at.request("/calls")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return at.send((key.isEmpty() ? request : request.header("Idempotency-Key", key)).build());
  }

  @Test
  @Behaviour(7)
  void theSameRequestUnderTheSameKeyIsTheSameCall() {
    HttpResponse<String> first = place(service, "order-17", Requests.valid().toString());
    // The next day "tomorrow" is another day, and the request is still the same.
    service.clock.advance(Duration.ofDays(1));
    ObjectNode reordered = Requests.valid();
    reordered.set("to", reordered.remove("to"));
    reordered.putNull("guest_name");

    HttpResponse<String> again = place(service, "order-17", reordered.toPrettyString());

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again)).isEqualTo(json(first));
    assertThat(service.carrier.dialled).hasSize(1);
    assertThat(place(service, "order-18", Requests.valid().toString()).statusCode()).isEqualTo(201);
  }

  @Test
  void anotherRequestUnderTheSameKeyIsAConflict() {
    place(service, "order-17", Requests.valid().toString());

    for (String other : List.of(Requests.withRestaurant("Other"), "{}")) {
      HttpResponse<String> answer = place(service, "order-17", other);
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(json(answer).get("detail").textValue()).contains("Nobody was called");
    }
    assertThat(service.carrier.dialled).hasSize(1);
  }

  @Test
  void aRequestThatWasRefusedDoesNotUseUpItsKey() {
    assertThat(place(service, "order-17", "{}").statusCode()).isEqualTo(422);
    assertThat(place(service, "order-17", Requests.valid().toString()).statusCode()).isEqualTo(201);
  }

  @Test
  void aKeyThatCannotBeUsedIsRefused() {
    for (String key : List.of("a b", "x".repeat(256))) {
      assertThat(place(service, key, Requests.valid().toString()).statusCode()).isEqualTo(400);
    }
    assertThat(service.carrier.dialled).isEmpty();
  }
}

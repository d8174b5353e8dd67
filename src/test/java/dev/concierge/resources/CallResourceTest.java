package dev.concierge.resources;

import static dev.concierge.resources.TestService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallResourceTest {

  private static TestService service;
  private CallId id;

  @BeforeAll
  static void start() {
    service = new TestService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void talk() {
    service.reset();
    id = service.place("Chez Test");
    service.tell(
        id,
        new ConversationStarted("MZ1", ScriptedCarrier.nameOf(id)),
        new TurnSpoken(new Turn(Speaker.HOST, "Bonsoir, Chez Test.", null, 200, 1900, false)),
        new TurnSpoken(
            new Turn(Speaker.AGENT, "A table for four, please.", "A table", 62_000, 63_000, true)));
  }

  @Test
  void theTranscriptIsTheTurnsInSpokenOrder() {
    assertThat(json(service.get("/calls/" + id + "/transcript")))
        .isEqualTo(
            Requests.parse(
                """
                {"call_id": "%s", "turns": [
                  {"speaker": "host", "text": "Bonsoir, Chez Test.", "started_ms": 200,
                   "ended_ms": 1900, "interrupted": false},
                  {"speaker": "agent", "text": "A table for four, please.",
                   "heard_text": "A table", "started_ms": 62000, "ended_ms": 63000,
                   "interrupted": true}]}
                """
                    .formatted(id)));
  }

  @Test
  void theTranscriptCanBeReadAsText() {
    HttpResponse<String> answer =
        service.send(
            service.request("/calls/" + id + "/transcript").header("Accept", "text/plain").build());
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
    assertThat(answer.body())
        .isEqualTo(
            """
            Chez Test, +12125550123, 2026-11-18T20:30:00Z

            00:00  Host:  Bonsoir, Chez Test.
            01:02  Agent: A table for four, please.
                   (interrupted; heard: A table)
            """);
  }

  @Test
  void theTranscriptIsJsonForWhoTakesAnything() {
    HttpResponse<String> answer =
        service.send(
            service.request("/calls/" + id + "/transcript").header("Accept", "*/*").build());
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void theFactsAreAllThatTheLedgerWasTold() {
    JsonNode facts = json(service.get("/calls/" + id + "/facts")).get("facts");
    assertThat(facts.findValuesAsText("kind"))
        .containsExactly(
            "requested", "submitted", "conversation_started", "turn_spoken", "turn_spoken");
    assertThat(facts.findValuesAsText("source"))
        .containsExactly("desk", "desk", "bridge:MZ1", "bridge:MZ1", "bridge:MZ1");
    JsonNode submitted = facts.get(1);
    assertThat(submitted.get("sequence").intValue()).isEqualTo(2);
    assertThat(submitted.get("at").textValue()).isEqualTo("2026-11-18T20:30:00Z");
    assertThat(submitted.get("recorded_at").textValue()).isEqualTo("2026-11-18T20:30:00Z");
    assertThat(submitted.get("fact").get("carrier_call_id").textValue())
        .isEqualTo(ScriptedCarrier.nameOf(id));
  }

  @Test
  void theFactsCanBeReadPieceByPiece() {
    String path = "/calls/" + id + "/facts";
    JsonNode first = json(service.get(path + "?limit=2")).get("facts");
    assertThat(first).hasSize(2);
    long position = first.get(1).get("position").longValue();
    JsonNode rest = json(service.get(path + "?after=" + position)).get("facts");
    assertThat(rest.findValuesAsText("kind"))
        .containsExactly("conversation_started", "turn_spoken", "turn_spoken");
    assertThat(json(service.get(path + "?after=x&limit=1001&x=1")).get("errors")).hasSize(3);
  }

  @Test
  void hangingUpTellsTheCarrierAndCanBeRepeated() {
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = service.post("/calls/" + id + "/hangup", "");
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(json(answer).get("hangup_requested").booleanValue()).isTrue();
      assertThat(json(answer).get("ended_reason").isNull()).isTrue();
    }
    assertThat(service.carrier.hungUp).contains(ScriptedCarrier.nameOf(id));
  }

  @Test
  void hangingUpACallThatIsOverChangesNothing() {
    CallId over = service.place("Chez Test");
    service.tell(
        over, new StatusReported(CallStatus.BUSY, ScriptedCarrier.nameOf(over), null, Map.of()));
    HttpResponse<String> answer = service.post("/calls/" + over + "/hangup", "");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(json(answer).get("ended_reason").textValue()).isEqualTo("callee_busy");
    assertThat(service.carrier.hungUp).isEmpty();
  }

  @Test
  void aHangupThatTheCarrierDoesNotAnswerIsKept() {
    service.carrier.away = true;
    HttpResponse<String> answer = service.post("/calls/" + id + "/hangup", "");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(json(answer).get("detail").textValue()).contains("The wish is kept");
    assertThat(json(service.get("/calls/" + id)).get("hangup_requested").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "not-a-call"})
  void aCallThatIsNotThereIsNotFound(String unknown) {
    for (String path : List.of("", "/transcript", "/facts", "/live")) {
      HttpResponse<String> answer = service.get("/calls/" + unknown + path);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(json(answer).get("detail").textValue())
          .isEqualTo("There is no call of that name.");
    }
    assertThat(service.post("/calls/" + unknown + "/hangup", "").statusCode()).isEqualTo(404);
  }
}

package dev.concierge.resources;

import static dev.concierge.resources.TestService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.Behaviour;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.ConversationSummary;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import dev.concierge.call.Outcome.Result;
import dev.concierge.call.Usage;
import jakarta.ws.rs.core.Response;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports, exports and the feed of changes, over HTTP. */
class RecordsTest {

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

  private static CallId booked(String restaurant) {
    CallId id = service.place(restaurant);
    Usage usage = new Usage(2_000_000, 3_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000);
    service.tell(
        id,
        new ConversationStarted("MZ1", ScriptedCarrier.nameOf(id)),
        new OutcomeRecorded(Outcome.of(Result.CONFIRMED)),
        new ConversationEnded(
            EndedReason.AGENT_SAID_GOODBYE,
            null,
            new ConversationSummary(42_000, 310L, List.of(640L, 900L), 1, 8, 8, 0, usage)));
    return id;
  }

  private static CallId busy(String restaurant) {
    CallId id = service.place(restaurant);
    service.tell(
        id, new StatusReported(CallStatus.BUSY, ScriptedCarrier.nameOf(id), null, Map.of()));
    return id;
  }

  @Test
  @Behaviour(57)
  void aReportCountsWhatItWasAskedFor() {
    booked("Da Luigi");
    busy("Da Luigi");
    busy("Chez Test");
    JsonNode report =
        json(
            service.get(
                "/reports/summary?group_by=restaurant&from=2026-11-18&tz=America/New_York"));
    assertThat(report.get("from").textValue()).isEqualTo("2026-11-18T05:00:00Z");
    assertThat(report.get("total").toString())
        .isEqualTo(
            "{\"calls\":3,\"answered\":1,\"answer_rate\":0.333333,\"confirmed\":1,"
                + "\"success_rate\":0.333333,\"talk_ms\":42000,"
                + "\"answer_to_first_audio_ms\":{\"p50\":310,\"p90\":310,\"p99\":310},"
                + "\"response_ms\":{\"p50\":640,\"p90\":900,\"p99\":900},\"barge_ins\":1,"
                + "\"tokens\":{\"input_text_tokens\":2000000,\"input_audio_tokens\":3000000,"
                + "\"cached_text_tokens\":1000000,\"cached_audio_tokens\":1000000,"
                + "\"output_text_tokens\":1000000,\"output_audio_tokens\":1000000},"
                + "\"cost\":{\"currency\":\"EUR\",\"total\":1121.11,\"per_call\":373.703333,"
                + "\"per_confirmed\":1121.11}}");
    assertThat(report.get("groups").findValuesAsText("group"))
        .containsExactly("Da Luigi", "Chez Test");
    assertThat(report.get("groups").findValuesAsText("calls")).containsExactly("2", "1");
  }

  @Test
  void aReportIsNarrowedLikeTheList() {
    booked("Da Luigi");
    service.clock.advance(Duration.ofHours(1));
    busy("Chez Test");
    assertThat(calls("outcome=confirmed")).isEqualTo(1);
    assertThat(calls("restaurant=chez")).isEqualTo(1);
    assertThat(calls("to_number=%2B12125550123")).isEqualTo(2);
    assertThat(calls("from=2026-11-18T21:00:00Z")).isEqualTo(1);
    assertThat(calls("to=2026-11-18T21:00:00Z")).isEqualTo(1);
    assertThat(calls("to=2026-11-18")).isZero();
  }

  private static int calls(String query) {
    return json(service.get("/reports/summary?" + query)).get("total").get("calls").intValue();
  }

  @Test
  void hoursAreThoseOfTheZone() {
    busy("A");
    JsonNode report = json(service.get("/reports/summary?group_by=hour&tz=Asia/Kathmandu"));
    assertThat(report.get("groups").get(0).get("group").textValue())
        .isEqualTo("2026-11-19T02:00:00+05:45");
  }

  @Test
  void everyParameterOfAReportThatCannotBeUsedIsNamed() {
    HttpResponse<String> answer =
        service.get("/reports/summary?from=x&to=y&group_by=month&tz=Mars&limit=1&created_from=z");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("from", "to", "group_by", "tz", "limit", "created_from");
  }

  @Test
  void anExportHasEveryCallOfItsFilterOnALine() {
    CallId first = booked("Da \"Luigi\", =1+1");
    CallId second = busy("=Chez");
    HttpResponse<String> csv = service.get("/calls/export?sort=created_at");
    assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=utf-8");
    assertThat(csv.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"calls.csv\"");
    List<String> lines = csv.body().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("id,created_at,status,to,restaurant_name,");
    assertThat(csv.body())
        .contains(first + ",2026-11-18T20:30:00Z,in-progress,'+12125550123,")
        .contains("\"Da \"\"Luigi\"\", =1+1\"")
        .contains(second + ",2026-11-18T20:30:00Z,busy,'+12125550123,'=Chez,4,");
    List<JsonNode> rows = TestService.lines(service.get("/calls/export?format=ndjson&status=busy"));
    assertThat(rows).containsExactly(json(service.get("/calls/" + second)));
  }

  @Test
  void anExportGoesOnWhereAPageEnds() {
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      placed.add(service.place("Chez " + i).value());
    }
    List<JsonNode> rows = TestService.lines(service.get("/calls/export?format=ndjson"));
    assertThat(rows)
        .extracting(row -> row.get("id").textValue())
        .containsExactlyInAnyOrderElementsOf(placed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/reports/summary", "/calls/export"})
  void onlySoManyAreMadeAtOnceAndOneThatIsDoneMakesRoom(String path) {
    CountDownLatch held = service.holdDatabase();
    var running = Stream.generate(() -> service.getLater(path)).limit(3).toList();
    await().until(() -> service.waitingForDatabase() == 3);
    try {
      assertThat(service.getLater(path))
          .succeedsWithin(Duration.ofSeconds(10))
          .satisfies(
              refused -> {
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
                assertThat(refused.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
              });
    } finally {
      held.countDown();
    }
    assertThat(running).allSatisfy(made -> assertThat(made.join().statusCode()).isEqualTo(200));
    assertThat(service.get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void anExportFromADatabaseThatIsAwayIsAProblem() {
    try (TestService forlorn = new TestService()) {
      forlorn.loseDatabase();
      HttpResponse<String> answer = forlorn.get("/calls/export");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json(answer).get("detail").textValue())
          .isEqualTo("The database cannot be reached.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/calls", "/calls/export", "/calls/changes"})
  void aCallThatCannotBeReadIsNamed(String path) {
    CallId id = busy("Chez Test");
    service.jdbi.useHandle(
        handle -> {
          handle.execute("UPDATE calls SET document = '{' WHERE id = ?", id.value());
          assertThat(json(service.get("/calls/" + id)).get("status").textValue()).isEqualTo("busy");
          handle.execute("UPDATE facts SET body = '{' WHERE call_id = ?", id.value());
        });

    HttpResponse<String> answer = service.get(path);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(json(answer).get("detail").textValue()).contains("/calls/" + id + "/verification");
    assertThat(service.get("/calls/" + id + "/verification").body()).contains("fact_changed");
  }

  @Test
  void aQueryThatTookTooLongIsNoFaultOfTheService() {
    var canceled = new SQLException("canceling statement", "57014");
    Response answer =
        new DatabaseProblem().toResponse(new UnableToExecuteStatementException(canceled, null));
    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(((Problem) answer.getEntity()).detail()).contains("took too long");
  }

  @Test
  void everyParameterOfAnExportThatCannotBeUsedIsNamed() {
    HttpResponse<String> answer = service.get("/calls/export?format=xml&limit=5&sort=x");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("format", "limit", "sort");
  }

  @Test
  void theFeedOfChangesGoesOnWhereItWasLeft() {
    CallId id = service.place("Chez Test");
    JsonNode first = json(service.get("/calls/changes"));
    assertThat(first.get("changes").get(0).get("call"))
        .isEqualTo(json(service.get("/calls/" + id)));
    String after = first.get("next_after").asText();
    assertThat(json(service.get("/calls/changes?after=" + after)).get("changes")).isEmpty();
    service.tell(
        id, new StatusReported(CallStatus.BUSY, ScriptedCarrier.nameOf(id), null, Map.of()));
    JsonNode second = json(service.get("/calls/changes?limit=1&after=" + after));
    assertThat(second.get("changes").findValuesAsText("status")).containsExactly("busy");
    assertThat(second.get("next_after").asLong()).isGreaterThan(first.get("next_after").asLong());
    assertThat(service.get("/calls/changes?after=-1").statusCode()).isEqualTo(400);
    assertThat(service.get("/calls/changes?before=1").statusCode()).isEqualTo(400);
  }
}

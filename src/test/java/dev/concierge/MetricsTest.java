package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.concierge.RunningService.Followed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus is shown of a whole call. */
@Timeout(120)
class MetricsTest {

  /** The samples by their names with labels. */
  private static Map<String, Double> scrape(int adminPort)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + adminPort + "/metrics/prometheus");
    var answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    Map<String, Double> samples = new HashMap<>();
    answer
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return samples;
  }

  @Test
  @Behaviour(58)
  void aCallIsSeenInEachOfItsFigures() throws Exception {
    int adminPort = RunningService.freePort();
    try (RunningService service =
        new RunningService(Map.of("ADMIN_PORT", String.valueOf(adminPort)))) {
      assertThat(scrape(adminPort))
          .containsEntry("concierge_conversations_running", 0.0)
          .containsEntry("concierge_spool_lost_facts_total", 0.0)
          .containsEntry("concierge_calls{status=\"in-progress\"}", 0.0)
          .containsEntry("concierge_reconciler_runs_total{result=\"failed\"}", 0.0);
      Followed followed = service.follow(RunningService.order("+14155550104"));
      await()
          .untilAsserted(
              () ->
                  assertThat(scrape(adminPort))
                      .containsEntry("concierge_conversations_running", 0.0)
                      .containsEntry("concierge_spool_facts", 0.0)
                      .containsEntry(
                          "concierge_calls_ended_total"
                              + "{reason=\"agent_said_goodbye\",status=\"completed\"}",
                          1.0));
      Map<String, Double> after = scrape(adminPort);
      assertThat(after)
          .containsEntry("concierge_conversations_ended_total{reason=\"agent_said_goodbye\"}", 1.0)
          .containsEntry("concierge_model_rate_limit_remaining{limit=\"tokens\"}", 1e6)
          .containsEntry("concierge_mailbox_inputs_max", 0.0)
          .containsEntry("concierge_send_window_bytes_max{leg=\"line\"}", 0.0)
          .containsEntry("concierge_send_window_bytes_max{leg=\"model\"}", 0.0)
          .containsEntry("concierge_answer_to_first_audio_seconds_count", 1.0)
          .containsEntry("concierge_barge_in_latency_seconds_count", (double) bargeIns(followed));
      double bytes = after.get("concierge_audio_bytes_total{direction=\"from_line\"}");
      assertThat(after.get("concierge_audio_messages_total{direction=\"from_line\"}"))
          .isPositive()
          .isEqualTo(bytes / 160);
      assertThat(
              List.of(
                  "concierge_audio_bytes_total{direction=\"to_line\"}",
                  "concierge_audio_messages_total{direction=\"to_line\"}",
                  "concierge_added_latency_seconds_count{direction=\"to_model\"}",
                  "concierge_added_latency_seconds_count{direction=\"to_line\"}",
                  "concierge_response_first_delta_seconds_count",
                  "concierge_response_first_media_seconds_count"))
          .allSatisfy(name -> assertThat(after.get(name)).as(name).isPositive());
    }
  }

  @Test
  void aDatabaseThatDoesNotAnswerTakesOnlyItsOwnSeriesAway() throws Exception {
    int adminPort = RunningService.freePort();
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    var variables = Map.of("ADMIN_PORT", String.valueOf(adminPort), "DATABASE_URL", url);
    try (RunningService service = new RunningService(variables)) {
      Jdbi.create(url, "concierge", "")
          .useHandle(handle -> handle.execute("ALTER TABLE calls RENAME TO away"));

      assertThat(scrape(adminPort))
          .containsKey("concierge_conversations_running")
          .noneSatisfy((name, value) -> assertThat(name).startsWith("concierge_calls{"));
    }
  }

  private static long bargeIns(Followed followed) {
    return followed.events().stream().filter(event -> event.name().equals("barge_in")).count();
  }
}

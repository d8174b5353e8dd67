package dev.concierge;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.concierge.FaultyLines.Ended;
import dev.concierge.agent.Cue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole calls over real sockets in which the model's wire is in trouble, most at the same time. */
@Timeout(300)
class ModelTroubleTest {

  private static final String ON_AUDIO = "message: response.output_audio.delta, skip: 3, ";

  private static final String ON_WORDS = "message: response.output_audio_transcript.delta, ";

  private static final String PCM =
      "{\"type\": \"session.updated\", \"session\":"
          + " {\"audio\": {\"input\": {\"format\": {\"type\": \"audio/pcm\"}}}}}";

  private static final String SENSELESS_CALL =
      "{\"type\": \"response.output_item.done\", \"item\": {\"type\": \"function_call\","
          + " \"status\": \"completed\", \"call_id\": \"call_1\", \"name\": \"record_outcome\","
          + " \"arguments\": \"not JSON\"}}";

  /** A refused upgrade names nobody, so it may befall any call that has no session yet. */
  private static final List<String> ONE_AFTER_THE_OTHER = List.of("refused", "rate limit", "away");

  private static final Map<String, String> FAULTS =
      Map.ofEntries(
          entry("refused", "do: refuse 403"),
          entry("rate limit", "do: refuse 429"),
          entry("away", "do: refuse 503"),
          entry("never ready", "message: session.updated, do: drop"),
          entry("an error instead", replace("session.updated", error("invalid_api_key"))),
          entry("another audio format", replace("session.updated", PCM)),
          entry("broken in the call", ON_AUDIO + "do: cut"),
          entry("half-closed", ON_AUDIO + "do: half-close"),
          entry("session limit", replace("input_audio_buffer.committed", error("session_expired"))),
          entry("silent from the start", "skip: 1, do: drop"),
          entry("each response fails", replace("response.done", failed("server_error"))),
          entry("no quota is left", replace("response.done", failed("insufficient_quota"))),
          entry("not read", "message: session.updated, do: stall 100s"),
          entry("malformed events", ON_WORDS + "do: garble"),
          entry("reordered words", ON_WORDS + "do: swap"),
          entry("a flood of events", "message: input_audio_buffer.committed, do: repeat 3000"),
          entry("duplicate events", "message: response.done, do: repeat 2"),
          entry("tools called twice", "message: response.output_item.done, do: repeat 2"),
          entry("late audio", "message: response.output_audio.delta, times: 4, do: delay 1s"),
          entry("an error", replace("response.content_part.added", error("server_error"))),
          entry(
              "a senseless tool call",
              "times: 1, " + replace("response.output_item.done", SENSELESS_CALL)));

  private static final Map<String, CompletableFuture<Ended>> CALLS = new HashMap<>();

  @TempDir static Path hosts;

  private static FaultyLines lines;

  @BeforeAll
  static void start() throws Exception {
    lines = new FaultyLines(hosts, "model", FAULTS);
    for (String trouble : ONE_AFTER_THE_OTHER) {
      CALLS.put(trouble, CompletableFuture.completedFuture(lines.call(trouble)));
    }
    for (String trouble : FAULTS.keySet()) {
      CALLS.computeIfAbsent(trouble, lines::begin);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    lines.close();
  }

  private static String replace(String message, String text) {
    return "message: " + message + ", do: 'replace " + text + "'";
  }

  private static String error(String code) {
    return "{\"type\": \"error\", \"error\": {\"code\": \"" + code + "\", \"message\": \"No.\"}}";
  }

  private static String failed(String code) {
    return "{\"type\": \"response.done\", \"response\": {\"status\": \"failed\","
        + " \"status_details\": {\"error\": {\"code\": \""
        + code
        + "\"}}}}";
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "refused,               model_refused",
    "rate limit,            model_rate_limited",
    "away,                  model_unreachable",
    "never ready,           model_unreachable",
    "an error instead,      model_refused",
    "another audio format,  model_misconfigured",
    "broken in the call,    model_lost",
    "half-closed,           model_lost",
    "session limit,         model_lost",
    "silent from the start, model_silent",
    "each response fails,   model_failed",
    "no quota is left,      model_rate_limited",
    "not read,              model_silent or model_stalled",
  })
  @Behaviour({29, 55})
  void theCalleeHearsAnApologyAndTheLedgerSaysWhy(String trouble, String reasons) {
    Ended ended = CALLS.get(trouble).join();
    assertThat(ended.reason()).as("%s", ended).isIn((Object[]) reasons.split(" or "));
    assertThat(ended.result()).isEqualTo("unknown");
    assertThat(ended.heard()).endsWith(Cue.APOLOGY);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "malformed events",
        "reordered words",
        "a flood of events",
        "duplicate events",
        "tools called twice",
        "late audio",
        "an error",
        "a senseless tool call",
      })
  @Behaviour({47, 49})
  void theCallGoesOn(String trouble) {
    Ended ended = CALLS.get(trouble).join();
    assertThat(List.of(ended.reason(), ended.result()))
        .as("%s", ended)
        .containsExactly("agent_said_goodbye", "confirmed");
  }

  @Test
  void noSocketIsLeftOpen() {
    CALLS.values().forEach(CompletableFuture::join);
    await().atMost(Duration.ofSeconds(60)).until(() -> lines.openSockets() == 0);
  }
}

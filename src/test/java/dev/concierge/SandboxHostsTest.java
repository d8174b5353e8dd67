package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.RunningService.Followed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole calls over real sockets, to every host of the sandbox. */
@Timeout(120)
class SandboxHostsTest {

  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final Map<String, CompletableFuture<Followed>> CALLS = new HashMap<>();

  private static RunningService service;

  /** All hosts are called at once: it saves time, and they must not mix. */
  @BeforeAll
  static void start() throws Exception {
    service = new RunningService(Map.of());
    IntStream.rangeClosed(100, 110)
        .mapToObj(line -> "+14155550" + line)
        .forEach(number -> CALLS.put(number, inBackground(RunningService.order(number))));
  }

  private static CompletableFuture<Followed> inBackground(ObjectNode order) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return service.follow(order);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        THREADS);
  }

  @AfterAll
  static void stop() {
    service.close();
    THREADS.shutdownNow();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "+14155550100, confirms,       completed, agent_said_goodbye, confirmed",
    "+14155550101, offers another, completed, agent_said_goodbye, alternative_offered",
    "+14155550102, is full,        completed, agent_said_goodbye, declined",
    "+14155550103, is closed,      completed, agent_said_goodbye, closed",
    "+14155550104, interrupts,     completed, agent_said_goodbye, confirmed",
    "+14155550105, holds,          completed, agent_said_goodbye, confirmed",
    "+14155550106, hangs up,       completed, callee_hung_up,     unknown",
    "+14155550107, voicemail,      completed, agent_said_goodbye, voicemail",
    "+14155550108, busy,           busy,      callee_busy,        unreached",
    "+14155550109, no answer,      no-answer, callee_no_answer,   unreached",
    "+14155550110, failed,         failed,    carrier_failed,     unreached",
  })
  @Behaviour(14)
  void everyHostLeadsToItsOutcome(
      String number, String host, String status, String endedReason, String result)
      throws Exception {
    Followed followed = CALLS.get(number).get();
    JsonNode call = followed.call();
    assertThat(List.of(text(call, "status"), text(call, "ended_reason"), result(call)))
        .as("%s: %s %s", host, text(call, "ended_detail"), followed.transcript())
        .containsExactly(status, endedReason, result);
    // A sandbox's ear understands a line only if every byte of it arrived; a beep and a line that
    // is cut off by hanging up are no lines.
    if (!Set.of("hangs up", "voicemail").contains(host)) {
      assertThat(texts(followed)).noneMatch(text -> text.contains("[not transcribed]"));
    }
  }

  @Test
  void aConfirmationIsWhatWasAskedForAndWhatTheHostSaid() throws Exception {
    Followed followed = CALLS.get("+14155550100").get();
    JsonNode outcome = followed.call().path("outcome");
    assertThat(text(outcome, "date")).isEqualTo(text(followed.call(), "date"));
    assertThat(text(outcome, "time")).isEqualTo("19:00");
    assertThat(outcome.path("party_size").asInt()).isEqualTo(4);
    assertThat(text(outcome, "guest_name")).isEqualTo("Alex Doe");
    String spelled = String.join(" ", text(outcome, "confirmation_number").split(""));
    assertThat(texts(followed)).anyMatch(text -> text.contains(spelled));
    assertThat(followed.events()).extracting("name").contains("status", "turn", "outcome", "end");
  }

  @Test
  void anOfferWithinTheWindowIsAccepted() throws Exception {
    ObjectNode order = RunningService.order("+14155550101").put("time_window_minutes", 120);
    Followed followed = service.follow(order);
    assertThat(result(followed.call())).as("%s", followed.transcript()).isEqualTo("confirmed");
    assertThat(text(followed.call().path("outcome"), "time")).isNotEqualTo("19:00");
  }

  @Test
  void anInterruptionIsSeenAndOnlyWhatWasHeardCounts() throws Exception {
    Followed followed = CALLS.get("+14155550104").get();
    assertThat(followed.call().path("conversation").path("barge_ins").asInt()).isPositive();
    assertThat(followed.events()).extracting("name").contains("barge_in");
    assertThat(followed.transcript().path("turns"))
        .filteredOn(turn -> turn.path("interrupted").asBoolean())
        .isNotEmpty()
        .allMatch(
            turn ->
                text(turn, "text").startsWith(text(turn, "heard_text"))
                    && text(turn, "heard_text").length() < text(turn, "text").length());
  }

  @Test
  @Behaviour(22)
  void callsAtTheSameTimeNeverMix() {
    List<CompletableFuture<Followed>> calls =
        IntStream.rangeClosed(2, 9)
            .mapToObj(
                party ->
                    inBackground(
                        RunningService.order("+14155550100")
                            .put("party_size", party)
                            .put("guest_name", "Guest " + (char) ('A' + party))))
            .toList();
    calls.forEach(
        call -> {
          Followed followed = call.join();
          int party = followed.call().path("party_size").asInt();
          assertThat(followed.call().path("outcome").path("party_size").asInt()).isEqualTo(party);
          assertThat(text(followed.call().path("outcome"), "guest_name"))
              .isEqualTo("Guest " + (char) ('A' + party));
          assertThat(texts(followed))
              .noneMatch(
                  text -> text.matches(".*Guest (?!" + (char) ('A' + party) + ")[A-Z]\\b.*"));
        });
    assertThat(calls)
        .extracting(call -> text(call.join().call().path("outcome"), "confirmation_number"))
        .doesNotHaveDuplicates();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  private static String result(JsonNode call) {
    return text(call.path("outcome"), "result");
  }

  private static List<String> texts(Followed followed) {
    return StreamSupport.stream(followed.transcript().path("turns").spliterator(), false)
        .map(turn -> text(turn, "text"))
        .toList();
  }
}

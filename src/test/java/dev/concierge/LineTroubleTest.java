package dev.concierge;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.concierge.FaultyLines.Ended;
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

/** Whole calls over real sockets in which Twilio's wire is in trouble, all at the same time. */
@Timeout(300)
class LineTroubleTest {

  /** Four of the line's seconds after the stream has begun: the agent has the word. */
  private static final String IN_THE_CALL = "message: media, skip: 200, ";

  private static final Map<String, String> FAULTS =
      Map.ofEntries(
          entry("broken in the call", IN_THE_CALL + "do: cut"),
          entry("closed without a stop", IN_THE_CALL + "do: half-close"),
          entry("a flood", IN_THE_CALL + "do: repeat 40"),
          entry("dead without a close", IN_THE_CALL + "do: drop"),
          entry("not read", IN_THE_CALL + "times: 1, do: stall 120s"),
          entry("no start", "message: start, do: drop"),
          entry("malformed marks", "message: mark, times: 5, do: garble"),
          entry("reordered marks", "message: mark, do: swap"),
          entry("duplicate marks", "message: mark, do: repeat 2"),
          entry("two starts", "message: start, do: repeat 2"),
          entry("an unknown event", "message: connected, do: 'replace {\"event\": \"news\"}'"),
          entry("late audio", "message: media, skip: 200, times: 3, do: delay 1s"));

  private static final Map<String, CompletableFuture<Ended>> CALLS = new HashMap<>();

  @TempDir static Path hosts;

  private static FaultyLines lines;

  @BeforeAll
  static void start() throws Exception {
    lines = new FaultyLines(hosts, "twilio", FAULTS);
    FAULTS.keySet().forEach(trouble -> CALLS.put(trouble, lines.begin(trouble)));
  }

  @AfterAll
  static void stop() throws Exception {
    lines.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "broken in the call,    caller_leg_lost,    ''",
    "closed without a stop, caller_leg_lost,    closed with 1000",
    "a flood,               caller_leg_lost or overloaded, ''",
    "dead without a close,  caller_leg_lost,    Timeout",
    "not read,              caller_leg_stalled, does not play",
    "no start,              no_conversation,    ''",
  })
  void theCallIsOverAndTheLedgerSaysWhy(String trouble, String reasons, String detail) {
    Ended ended = CALLS.get(trouble).join();
    assertThat(ended.reason()).as("%s", ended).isIn((Object[]) reasons.split(" or "));
    assertThat(ended.result()).isEqualTo("unknown");
    assertThat(ended.detail()).contains(detail);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "malformed marks",
        "reordered marks",
        "duplicate marks",
        "two starts",
        "an unknown event",
        "late audio",
      })
  @Behaviour(23)
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

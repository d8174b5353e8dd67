package dev.concierge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.TestCalls;
import dev.concierge.agent.ToolResult.EndCall;
import dev.concierge.agent.ToolResult.Hold;
import dev.concierge.agent.ToolResult.Recorded;
import dev.concierge.agent.ToolResult.Refused;
import dev.concierge.call.Outcome;
import dev.concierge.call.Reservation;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentTest {

  private static final Reservation ASKED = TestCalls.reservation();

  private final Agent agent = new Agent(Instructions.standard());

  @Test
  void theInstructionsCarryTheWholeBrief() {
    assertThat(agent.profile(ASKED).instructions())
        .contains(
            "- Restaurant: Demo Restaurant",
            "- Party size: 4",
            "- Date: Tuesday 1 December 2026 (2026-12-01)",
            "- Time: 7:00 PM (19:00)",
            "- Acceptable times: 18:30 to 19:30",
            "- Guest name: Alex Doe",
            "- Callback number: +14155550199",
            "- Special requests: a quiet table");
  }

  @Test
  void whatIsNotKnownIsNotMentioned() {
    Reservation bare =
        new Reservation(
            "A",
            2,
            LocalDate.of(2026, 12, 1),
            LocalTime.of(19, 0),
            ZoneId.of("UTC"),
            0,
            null,
            null,
            null,
            "fr-CA");
    assertThat(agent.profile(bare).instructions())
        .contains("- Acceptable times: exactly 19:00")
        .doesNotContain("Guest name", "Callback number", "Special requests", "null", "{{");
    assertThat(agent.profile(bare).language()).isEqualTo("fr");
  }

  @Test
  void placeholdersInTheGuestsWordsAreNotFilledIn() {
    Reservation sly =
        new Reservation(
            "{{guest_name}} $1",
            2,
            LocalDate.of(2026, 12, 1),
            LocalTime.of(23, 50),
            ZoneId.of("UTC"),
            30,
            "Alex",
            null,
            null,
            "en");
    assertThat(agent.profile(sly).instructions())
        .contains("- Restaurant: {{guest_name}} $1", "- Acceptable times: 23:20 to 23:59");
  }

  @Test
  void aConfirmationOfWhatWasAskedIsRecorded() {
    ToolResult result =
        agent.call(
            ASKED,
            "record_outcome",
            """
            {"result":"confirmed","date":"2026-12-01","time":"19:30","party_size":4,
             "guest_name":"Alex Doe","confirmation_number":"7342","note":" "}""");
    assertThat(result)
        .isEqualTo(
            new Recorded(
                new Outcome(
                    Outcome.Result.CONFIRMED,
                    LocalDate.of(2026, 12, 1),
                    LocalTime.of(19, 30),
                    4,
                    "Alex Doe",
                    "7342",
                    null),
                "{\"ok\":true,\"message\":\"Recorded.\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\":\"confirmed\",\"date\":\"2026-12-02\",\"time\":\"19:00\",\"party_size\":4}",
        "{\"result\":\"confirmed\",\"date\":\"2026-12-01\",\"time\":\"19:31\",\"party_size\":4}",
        "{\"result\":\"confirmed\",\"date\":\"2026-12-01\",\"time\":\"19:00\",\"party_size\":5}",
        "{\"result\":\"confirmed\",\"date\":\"2026-12-01\",\"time\":\"19:00\"}",
        "{\"result\":\"confirmed\"}",
        "{\"result\":\"unreached\"}",
        "{\"result\":\"maybe\"}",
        "{\"result\":\"declined\",\"date\":\"tomorrow\"}",
        "{\"result\":\"declined\",\"party_size\":\"many\"}",
        "{}",
        "[]",
        "{\"result\":",
        ""
      })
  @Behaviour(49)
  void anOutcomeThatWasNotAskedForOrMakesNoSenseIsRefused(String arguments) {
    assertThat(agent.call(ASKED, "record_outcome", arguments))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.replyJson()).contains("\"ok\":false"));
  }

  @Property(tries = 200)
  @Behaviour(49)
  void anyArgumentsAreAnswered(@ForAll String arguments) {
    assertThat(agent.call(ASKED, "record_outcome", arguments)).isInstanceOf(Refused.class);
  }

  @Test
  void endCallAndHoldAreUnderstoodAndUnknownToolsAreRefused() {
    assertThat(agent.call(ASKED, "hold", "{}")).isInstanceOf(Hold.class);
    assertThat(agent.call(ASKED, "end_call", "{}")).isInstanceOf(EndCall.class);
    assertThat(agent.call(ASKED, "order_pizza", "{}")).isInstanceOf(Refused.class);
  }
}

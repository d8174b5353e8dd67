package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole calls of a service that may not call everybody, and does not talk to machines. */
@Timeout(120)
class CallRulesTest {

  private static RunningService service;

  @BeforeAll
  static void start() throws Exception {
    service =
        new RunningService(
            Map.of(
                "ALLOWED_NUMBERS", "+14155550100, +14155550107",
                "MACHINE_DETECTION", "hang-up"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  @Behaviour(9)
  void aNumberThatIsNotAllowedIsNotCalled() throws Exception {
    assertThatThrownBy(() -> service.client().place(RunningService.order("+14155550101")))
        .isInstanceOf(CallClient.CallRefusedException.class)
        .hasMessageContaining("422")
        .hasMessageContaining("to: must be one of the numbers");
    assertThat(service.client().call("?to=%2B14155550101").path("calls")).isEmpty();
  }

  @Test
  @Behaviour(18)
  void aMachineIsHungUpOn() throws Exception {
    JsonNode call = service.follow(RunningService.order("+14155550107")).call();
    assertThat(call.path("ended_reason").asText()).isEqualTo("machine_answered");
    assertThat(call.path("answered_by").asText()).isEqualTo("machine_start");
    assertThat(call.path("outcome").path("result").asText()).isEqualTo("voicemail");
    assertThat(call.path("status").asText()).isEqualTo("completed");
  }

  @Test
  void aPersonIsTalkedTo() throws Exception {
    JsonNode call = service.follow(RunningService.order("+14155550100")).call();
    assertThat(call.path("answered_by").asText()).isEqualTo("human");
    assertThat(call.path("outcome").path("result").asText()).isEqualTo("confirmed");
  }
}

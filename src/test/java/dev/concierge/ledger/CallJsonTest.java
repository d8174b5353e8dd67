package dev.concierge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.AnsweredBy;
import dev.concierge.call.CallFact.BargedIn;
import dev.concierge.call.CallFact.HangupRequested;
import dev.concierge.call.CallFact.KeyPressed;
import dev.concierge.call.CallFact.ModelFaulted;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.PersonalDataErased;
import dev.concierge.call.CallFact.Reconciled;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.StreamReported;
import dev.concierge.call.CallFact.SubmissionFailed;
import dev.concierge.call.CallFact.SubmissionUncertain;
import dev.concierge.call.CallFact.Submitted;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.FactSource;
import dev.concierge.call.Outcome;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.SampleCalls;
import dev.concierge.call.Turn;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallJsonTest {

  private static final ObjectMapper MAPPER = CallJson.mapper();

  static final Outcome OUTCOME =
      new Outcome(
          Outcome.Result.ALTERNATIVE_OFFERED,
          LocalDate.of(2026, 11, 21),
          LocalTime.of(20, 30),
          4,
          "Ada Lovelace",
          "C-17",
          "at the bar");

  static List<CallFact> oneOfEachKind() {
    return List.of(
        new Requested(SampleCalls.request()),
        new Submitted("CA1"),
        new SubmissionFailed(EndedReason.CARRIER_REFUSED, "21211", "no such number"),
        new SubmissionUncertain("timed out"),
        new HangupRequested(),
        SampleCalls.status(CallStatus.NO_ANSWER),
        new StreamReported("stream-error", Map.of("StreamError", "31921")),
        new AnsweredBy("machine_start", Map.of("AnsweredBy", "machine_start")),
        SampleCalls.conversationStarted(),
        SampleCalls.turn(Turn.Speaker.HOST, "Bonsoir, chez Émile ?", 1200),
        new BargedIn(340),
        new KeyPressed("#"),
        new OutcomeRecorded(OUTCOME),
        new ModelFaulted("rate_limit", "slow down"),
        SampleCalls.conversationEnded(EndedReason.CALLEE_HUNG_UP),
        new Reconciled(CallStatus.COMPLETED, EndedReason.BRIDGE_LOST, "CA1", "fetched"),
        new PersonalDataErased(3, "d"));
  }

  @Test
  void everyKindOfFactHasAWordAndASample() {
    assertThat(FactKinds.BY_WORD.values())
        .containsExactlyInAnyOrder(permitted())
        .containsExactlyInAnyOrderElementsOf(
            oneOfEachKind().stream().<Class<? extends CallFact>>map(CallFact::getClass).toList());
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends CallFact>[] permitted() {
    return (Class<? extends CallFact>[]) CallFact.class.getPermittedSubclasses();
  }

  @ParameterizedTest
  @MethodSource("oneOfEachKind")
  void aFactComesBackAsItWent(CallFact fact) {
    String json = CallJson.write(fact);

    assertThat(json).startsWith("{\"kind\":\"" + FactKinds.wordFor(fact) + "\"");
    assertThat(CallJson.read(json, CallFact.class)).isEqualTo(fact);
  }

  @Test
  void aCallComesBackAsItWent() {
    CallId id = CallId.random();
    Call call = Call.opened(SampleCalls.requested(id, SampleCalls.NOON));
    long sequence = 1;
    for (CallFact fact : oneOfEachKind()) {
      call =
          call.with(
              SampleCalls.entry(
                  id, FactSource.DESK, sequence, SampleCalls.NOON.plusSeconds(sequence), fact));
      sequence++;
    }

    assertThat(call.summary()).isNotNull();
    assertThat(CallJson.read(CallJson.write(call), Call.class)).isEqualTo(call);
  }

  @Test
  void valuesAreWrittenInTheWordsOfTheApi() throws JsonProcessingException {
    assertThat(MAPPER.readTree(CallJson.write(SampleCalls.status(CallStatus.IN_PROGRESS))))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"kind": "status_reported", "status": "in-progress", "carrier_call_id": "CA1",
                 "raw": {"CallStatus": "in-progress"}}
                """));
    assertThat(CallJson.write(List.of(EndedReason.AGENT_SAID_GOODBYE, SampleCalls.NOON)))
        .isEqualTo("[\"agent_said_goodbye\",\"2026-11-20T12:00:00.123456Z\"]");
    assertThat(CallJson.write(FactSource.bridge("MZ1"))).isEqualTo("\"bridge:MZ1\"");
    assertThat(MAPPER.readTree(CallJson.write(SampleCalls.request())))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"to": "+14155550100",
                 "reservation": {"restaurant_name": "Chez Émile", "party_size": 4,
                   "date": "2026-11-21", "time": "19:00:00", "time_zone": "America/Los_Angeles",
                   "time_window_minutes": 30, "guest_name": "Ada Lovelace",
                   "callback_number": "+14155550199",
                   "special_requests": "a high chair; say \\"hello\\"", "language": "en"},
                 "date_said": "tomorrow", "time_said": "7pm", "metadata": {"order": "a-1"}}
                """));
  }

  @Test
  void whatAnotherVersionWroteIsStillRead() {
    assertThat(
            CallJson.read("{\"kind\":\"barged_in\",\"played_ms\":7,\"later\":1}", CallFact.class))
        .isEqualTo(new BargedIn(7));
    assertThat(CallJson.read("{\"kind\":\"barged_in\"}", CallFact.class))
        .isEqualTo(new BargedIn(0));
  }

  @Test
  void whatIsNoValueOfOursIsRefused() {
    assertThatThrownBy(() -> MAPPER.readValue("\"0100\"", PhoneNumber.class))
        .isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> CallJson.read("{\"kind\":\"rumour\"}", CallFact.class))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

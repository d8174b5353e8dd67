package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.conversationEnded;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.status;
import static dev.concierge.call.SampleCalls.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.SettableClock;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.FactSource;
import dev.concierge.call.Turn.Speaker;
import dev.concierge.ledger.Verification.Flaw;
import dev.concierge.ledger.Verification.Kind;
import dev.concierge.ledger.Verification.Report;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
@ExtendWith(FarFromUtc.class)
class VerificationTest {

  private static final FactSource LINE = FactSource.bridge("MZ1");

  @Parameter TestDatabase database;

  private Jdbi jdbi;
  private JdbiCallLedger ledger;
  private Verification verification;
  private CallId id;

  @BeforeEach
  void tellOfACall() {
    jdbi = database.emptied();
    ledger = new JdbiCallLedger(jdbi, new SettableClock(NOON.plusNanos(1)));
    verification = new Verification(jdbi);
    id = told();
  }

  /** A call with the facts 0 of the desk and 1 to 4 of the line. */
  private CallId told() {
    CallId call = ledger.open(requested(CallId.random(), NOON)).id();
    List<CallFact> facts =
        List.of(
            status(CallStatus.RINGING),
            turn(Speaker.HOST, "Bonsoir\u0000 'chez' Émile 🍣", 0),
            turn(Speaker.AGENT, "A table for four", 900),
            conversationEnded(EndedReason.CALLEE_HUNG_UP));
    facts.forEach(fact -> tell(call, facts.indexOf(fact) + 1, fact));
    return call;
  }

  private void tell(CallId call, long sequence, CallFact fact) {
    ledger.append(entry(call, LINE, sequence, NOON.plusNanos(sequence * 1_001), fact));
  }

  private void tamper(String sql) {
    int rows = jdbi.withHandle(handle -> handle.execute(sql.replace("THE_CALL", id.value())));
    assertThat(rows).isPositive();
  }

  private Report report() {
    return verification.of(id).orElseThrow();
  }

  private static Flaw flaw(CallId call, long sequence, Kind kind) {
    return new Flaw(call.value(), "bridge:MZ1", sequence, kind);
  }

  @Test
  void whatWasWrittenIsWhole() {
    CallId other = told();
    tell(other, 4, conversationEnded(EndedReason.SILENCE));

    assertThat(report()).isEqualTo(new Report(1, 5, null));
    assertThat(verification.all()).isEqualTo(new Report(2, 10, null));
    assertThat(verification.of(CallId.random())).isEmpty();
  }

  @Test
  void aNewWordInWhatWasSaidIsSeen() {
    tamper(
        "UPDATE facts SET body = REPLACE(body, 'four', 'five')"
            + " WHERE call_id = 'THE_CALL' AND sequence = 3");

    assertThat(report().flaw()).isEqualTo(flaw(id, 3, Kind.FACT_CHANGED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source = 'bridge:MZ2'",
        "sequence = 9",
        "kind = 'barged_in'",
        "at = TIMESTAMP WITH TIME ZONE '2026-11-20 12:00:00.123457+00:00'",
        "recorded_at = TIMESTAMP WITH TIME ZONE '2026-11-20 12:00:00+00:00'",
        "body_digest = 'abc'",
        "digest = 'abc'",
        "digest = NULL",
      })
  void aChangeOfAnyOtherColumnIsSeen(String change) {
    tamper("UPDATE facts SET " + change + " WHERE call_id = 'THE_CALL' AND sequence = 2");

    assertThat(report().flaw()).isNotNull();
    assertThat(report().flaw().kind()).isIn(Kind.CHAIN_BROKEN, Kind.FACT_CHANGED);
    assertThat(report().flaw().sequence()).isIn(2L, 9L);
  }

  @Test
  void aFactThatIsGoneIsMissedAtTheNextOne() {
    tamper("DELETE FROM facts WHERE call_id = 'THE_CALL' AND sequence = 2");

    assertThat(report().flaw()).isEqualTo(flaw(id, 3, Kind.CHAIN_BROKEN));
  }

  @Test
  void theLastFactIsMissedToo() {
    tamper("DELETE FROM facts WHERE call_id = 'THE_CALL' AND sequence = 4");

    assertThat(report().flaw()).isEqualTo(flaw(id, 3, Kind.FACTS_MISSING));
  }

  @Test
  void allFactsAreMissed() {
    tamper("DELETE FROM facts WHERE call_id = 'THE_CALL'");

    assertThat(report().flaw()).isEqualTo(new Flaw(id.value(), null, null, Kind.FACTS_MISSING));
  }

  @Test
  void twoFactsThatChangedPlacesAreSeen() {
    tamper("UPDATE facts SET id = -id WHERE call_id = 'THE_CALL' AND sequence IN (2, 3)");

    assertThat(report().flaw().kind()).isEqualTo(Kind.CHAIN_BROKEN);
  }

  @Test
  void aCallThatDoesNotGoWithItsFactsIsSeen() {
    tamper(
        "UPDATE calls SET document = REPLACE(document, 'callee_hung_up', 'client_hung_up')"
            + " WHERE id = 'THE_CALL'");

    assertThat(report().flaw()).isEqualTo(new Flaw(id.value(), null, null, Kind.CALL_CHANGED));
  }

  @Test
  void theFirstFlawOfManyCallsIsNamed() {
    for (int i = 0; i < 420; i++) {
      ledger.open(requested(CallId.random(), NOON));
    }
    assertThat(verification.all()).isEqualTo(new Report(421, 425, null));

    tamper("UPDATE facts SET body = '{}' WHERE call_id = 'THE_CALL' AND sequence >= 2");

    assertThat(verification.all().flaw()).isEqualTo(flaw(id, 2, Kind.FACT_CHANGED));
  }

  @Test
  void aCallThatLostItsChainIsNoLongerWholeAndIsStillToldOf() {
    tamper(
        "UPDATE facts SET salt = NULL, body_digest = NULL, digest = NULL"
            + " WHERE call_id = 'THE_CALL'");
    tamper(
        "UPDATE calls SET chain_length = NULL, chain_end = NULL, seal = NULL"
            + " WHERE id = 'THE_CALL'");
    assertThat(report().flaw()).isEqualTo(new Flaw(id.value(), "desk", 0L, Kind.CHAIN_BROKEN));

    tell(id, 5, turn(Speaker.HOST, "Au revoir", 5000));

    assertThat(report().facts()).isEqualTo(6);
    assertThat(report().flaw()).isEqualTo(new Flaw(id.value(), "desk", 0L, Kind.CHAIN_BROKEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created_at = TIMESTAMP WITH TIME ZONE '2026-11-20 11:00:00+00:00'",
        "heard_of_at = TIMESTAMP WITH TIME ZONE '2026-11-20 11:00:00+00:00'",
        "status = 'completed'",
        "settled = TRUE",
        "hangup_requested = NOT hangup_requested",
        "outcome = 'confirmed'",
        "ended_reason = NULL",
        "to_number = '+14155550111'",
        "restaurant_name = 'Chez Autre'",
        "restaurant_folded = 'chez autre'",
        "carrier_call_id = 'CA2'",
        "answered = NOT answered",
        "talk_ms = NULL",
        "first_audio_ms = 1",
        "response_ms = '1 2'",
        "barge_ins = 17",
        "input_text_tokens = 17",
        "input_audio_tokens = 17",
        "cached_text_tokens = 17",
        "cached_audio_tokens = 17",
        "output_text_tokens = 17",
        "output_audio_tokens = 17",
      })
  void aColumnThatDoesNotRepeatWhatTheCallSaysIsSeen(String change) {
    tamper("UPDATE calls SET " + change + " WHERE id = 'THE_CALL'");

    assertThat(report().flaw()).isEqualTo(new Flaw(id.value(), null, null, Kind.CALL_CHANGED));
  }
}

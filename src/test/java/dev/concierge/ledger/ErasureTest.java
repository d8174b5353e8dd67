package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.conversationEnded;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.SettableClock;
import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.KeyPressed;
import dev.concierge.call.CallFact.ModelFaulted;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallFact.SubmissionFailed;
import dev.concierge.call.CallFact.SubmissionUncertain;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Evidence;
import dev.concierge.call.FactSource;
import dev.concierge.call.IdempotencyKey;
import dev.concierge.call.Outcome;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import dev.concierge.ledger.CallHistory.StoredFact;
import dev.concierge.ledger.Verification.Kind;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class ErasureTest {

  private static final PhoneNumber GUEST = new PhoneNumber("+14155550199");

  @Parameter TestDatabase database;

  private Jdbi jdbi;
  private JdbiCallLedger ledger;
  private CallHistory history;
  private Verification verification;
  private Erasure erasure;
  private CallId id;

  @BeforeEach
  void tellOfACall() {
    jdbi = database.emptied();
    SettableClock clock = new SettableClock(NOON);
    ledger = new JdbiCallLedger(jdbi, clock);
    history = new CallHistory(jdbi);
    verification = new Verification(jdbi);
    erasure = new Erasure(jdbi, clock);
    id = told();
  }

  private CallId told() {
    CallId call = ledger.open(requested(CallId.random(), NOON)).id();
    tell(call, 1, new StatusReported(CallStatus.RINGING, "CA1", null, Map.of("Caller", "Ada")));
    tell(call, 2, new CallFact.TurnSpoken(new Turn(Speaker.AGENT, "For Ada", "For", 0, 9, true)));
    tell(call, 3, new KeyPressed("7"));
    tell(
        call,
        4,
        new OutcomeRecorded(
            new Outcome(
                Outcome.Result.CONFIRMED,
                LocalDate.of(2026, 11, 21),
                LocalTime.NOON,
                4,
                "Ada",
                "C-17",
                "Ada comes late")));
    tell(call, 5, new ModelFaulted("invalid_value", "no such thing as Ada's"));
    tell(call, 6, ended(EndedReason.MODEL_LOST, "the last words were: Ada"));
    return call;
  }

  private static CallFact ended(EndedReason reason, String detail) {
    var ended = (ConversationEnded) conversationEnded(reason);
    return new ConversationEnded(reason, detail, ended.summary());
  }

  private void tell(CallId call, long sequence, CallFact fact) {
    ledger.append(entry(call, FactSource.bridge("MZ1"), sequence, NOON, fact));
  }

  /** All that the ledger holds of any call, as one text. */
  private String everything() {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("SELECT body FROM facts").mapTo(String.class).list().toString()
                + handle.createQuery("SELECT body FROM orphan_callbacks").mapTo(String.class).list()
                + handle.createQuery("SELECT document FROM calls").mapTo(String.class).list());
  }

  /** What the calls can be searched by. */
  private List<String> terms() {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT term FROM call_terms").mapTo(String.class).list());
  }

  @Test
  void nothingIsLeftThatTellsOfThePersonAndHistoryIsStillWhole() {
    Call before = ledger.find(id).orElseThrow();
    assertThat(everything()).contains("Ada", GUEST.e164(), "high chair", "\"a-1\"", "C-17");
    assertThat(terms()).contains("ada");

    assertThat(erasure.erase(id)).isTrue();

    assertThat(everything())
        .doesNotContain("Ada", "For", GUEST.e164(), "high chair", "\"a-1\"", "C-17", "\"7\"");
    assertThat(terms()).isEmpty();
    assertThat(verification.of(id).orElseThrow()).isEqualTo(new Verification.Report(1, 8, null));
    Call after = ledger.find(id).orElseThrow();
    assertThat(after.personalDataErased()).isTrue();
    assertThat(after)
        .usingRecursiveComparison()
        .ignoringFields("request", "outcome", "evidence", "personalDataErased")
        .isEqualTo(before);
    assertThat(after.request().to()).isEqualTo(before.request().to());
    assertThat(after.endedReason()).isEqualTo(EndedReason.MODEL_LOST);
    assertThat(after.evidence()).isNull();
    assertThat(after.outcome().result()).isEqualTo(Outcome.Result.CONFIRMED);
    assertThat(after.outcome().partySize()).isEqualTo(4);
    assertThat(history.transcript(id)).containsExactly(new Turn(Speaker.AGENT, "", "", 0, 9, true));
  }

  @Test
  void theWordsOfACarrierThatRefusedGoAndItsCodeStays() {
    CallId refused = ledger.open(requested(CallId.random(), NOON)).id();
    tell(refused, 1, new SubmissionUncertain("nothing of Ada"));
    tell(refused, 2, new SubmissionFailed(EndedReason.CARRIER_REFUSED, "21211", "Ada is no one"));
    erasure.erase(id);

    erasure.erase(refused);

    assertThat(everything()).doesNotContain("Ada");
    assertThat(ledger.find(refused).orElseThrow().evidence())
        .isEqualTo(new Evidence(null, "21211", null));
  }

  @Test
  void theDigestOfTheRequestGoesAndItsKeyStays() {
    IdempotencyKey key = new IdempotencyKey("order-17", "digest of what was asked");
    CallId keyed = ledger.open(requested(CallId.random(), NOON), key).orElseThrow().id();

    erasure.erase(keyed);

    assertThat(ledger.findByKey("order-17").orElseThrow().key().fingerprint()).isEmpty();
  }

  @Test
  void whatWasToldBeforeTheCallWasKnownGoesToo() {
    CallId unknown = CallId.random();
    tell(unknown, 1, new StatusReported(CallStatus.RINGING, "CA1", null, Map.of("Caller", "Ada")));
    erasure.erase(id);

    assertThat(erasure.erase(unknown)).isFalse();

    assertThat(everything()).doesNotContain("Ada");
  }

  @Test
  void aPersonsCallsAreFoundAmongManyCalls() {
    CallId second = told();
    CallId third = told();

    assertThat(new Erasure(jdbi, new SettableClock(NOON), 2).callsFor(GUEST))
        .containsExactlyInAnyOrder(id, second, third);
  }

  @Test
  void erasingAgainChangesNothing() {
    erasure.erase(id);
    List<StoredFact> facts = history.facts(id, 0, 100);

    assertThat(erasure.erase(id)).isTrue();

    assertThat(history.facts(id, 0, 100)).isEqualTo(facts);
    assertThat(erasure.erase(CallId.random())).isFalse();
  }

  @Test
  void whatIsToldLateIsErasedOnItsWay() {
    erasure.erase(id);

    tell(id, 7, turn(Speaker.HOST, "Goodbye Ada", 10));

    assertThat(everything()).doesNotContain("Ada");
    assertThat(history.transcript(id)).hasSize(2);
    assertThat(verification.of(id).orElseThrow().isWhole()).isTrue();
  }

  @Test
  void aPersonsCallsAreFoundByTheirNumberUntilItIsErased() {
    CallId second = told();
    assertThat(erasure.callsFor(new PhoneNumber("+1415555019"))).isEmpty();
    assertThat(erasure.callsFor(GUEST)).containsExactlyInAnyOrder(id, second);

    erasure.erase(id);

    assertThat(erasure.callsFor(GUEST)).containsExactly(second);
    assertThat(verification.all().isWhole()).isTrue();
  }

  @Test
  void aChangeOfWhatAnErasureLeftIsSeen() {
    erasure.erase(id);
    change("UPDATE facts SET body = REPLACE(body, 'confirmed', 'declined') WHERE salt IS NULL");

    assertThat(verification.of(id).orElseThrow().flaw())
        .isEqualTo(new Verification.Flaw(id.value(), "erasure", 0L, Kind.ERASURE_CHANGED));
  }

  @Test
  void anErasureThatNobodyTellsOfIsSeen() {
    change("UPDATE facts SET salt = NULL, body = '{}' WHERE sequence = 2");

    assertThat(verification.of(id).orElseThrow().flaw())
        .isEqualTo(new Verification.Flaw(id.value(), "bridge:MZ1", 2L, Kind.ERASURE_CHANGED));
  }

  private void change(String sql) {
    assertThat(jdbi.<Integer, RuntimeException>withHandle(handle -> handle.execute(sql)))
        .isPositive();
  }
}

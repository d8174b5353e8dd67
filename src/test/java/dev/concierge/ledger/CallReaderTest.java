package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.conversationEnded;
import static dev.concierge.call.SampleCalls.conversationStarted;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.status;
import static dev.concierge.call.SampleCalls.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concierge.SettableClock;
import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.CallLedger.Append;
import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Turn.Speaker;
import dev.concierge.ledger.CallChanges.Change;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call of which something in the database is damaged. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@ExtendWith(FarFromUtc.class)
class CallReaderTest {

  private static final PhoneNumber GUEST = new PhoneNumber("+14155550199");

  @Parameter TestDatabase database;

  private Jdbi jdbi;
  private CallLedger ledger;
  private CallHistory history;
  private CallId id;

  @BeforeEach
  void aCallThatIsOver() {
    jdbi = database.emptied();
    ledger = new JdbiCallLedger(jdbi, new SettableClock(NOON.plusSeconds(9)));
    history = new CallHistory(jdbi);
    id = ledger.open(requested(CallId.random(), NOON)).id();
    tell(1, conversationStarted());
    tell(2, turn(Speaker.HOST, "Hello?", 100));
    tell(3, status(CallStatus.COMPLETED));
    tell(4, conversationEnded(EndedReason.CALLEE_HUNG_UP));
  }

  private void tell(long sequence, CallFact fact) {
    ledger.append(entry(id, FactSource.bridge("MZ1"), sequence, NOON.plusSeconds(sequence), fact));
  }

  private void damage(String document) {
    jdbi.useHandle(
        handle ->
            handle.execute("UPDATE calls SET document = ? WHERE id = ?", document, id.value()));
  }

  private void damageAFact(long sequence) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE facts SET body = '{' WHERE call_id = ? AND sequence = ?",
                id.value(),
                sequence));
  }

  private List<Call> page() {
    return history.page(HistoryFilter.ANY, HistoryOrder.OLDEST_FIRST, 10, null).calls();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "{\"id\":", "[]", "\"call\""})
  void aDamagedDocumentTakesNothingAway(String document) {
    Call whole = history.find(id).orElseThrow();
    Call other = ledger.open(requested(CallId.random(), NOON.plusSeconds(1)));
    damage(document);

    assertThat(page()).containsExactly(whole, other);
    assertThat(new CallChanges(jdbi).after(0, 10))
        .extracting(Change::call)
        .containsExactlyInAnyOrder(whole, other);
    assertThat(ledger.find(id)).contains(whole);
    assertThat(ledger.findByCarrierCallId("CA1")).contains(whole);
    assertThat(new Verification(jdbi).of(id).orElseThrow().isWhole()).isFalse();
  }

  @Test
  void theDocumentOfAnotherCallLeadsNoFactAstray() {
    CallId other = ledger.open(requested(CallId.random(), NOON.plusSeconds(1))).id();
    Call whole = history.find(id).orElseThrow();
    damage(CallJson.write(history.find(other).orElseThrow()));

    assertThat(page()).extracting(Call::id).containsExactly(id, other);
    assertThat(ledger.find(id)).contains(whole);
    LedgerEntry theirs = entry(other, FactSource.bridge("MZ2"), 1, NOON, conversationStarted());
    LedgerEntry ours =
        entry(id, FactSource.bridge("MZ1"), 5, NOON, turn(Speaker.HOST, "Bye!", 900));
    assertThat(ledger.appendAll(List.of(theirs, ours))).containsOnly(Append.APPENDED);
    assertThat(List.of(id, other))
        .allSatisfy(
            call -> assertThat(new Verification(jdbi).of(call).orElseThrow().isWhole()).isTrue());
  }

  @Test
  void whatWasErasedStaysSo() {
    new Erasure(jdbi, new SettableClock(NOON.plusSeconds(9))).erase(id);
    Call erased = history.find(id).orElseThrow();
    damage("{");

    assertThat(page()).containsExactly(erased);
  }

  @Test
  void theNextFactMakesTheDocumentWhole() {
    damage("{");
    tell(5, turn(Speaker.HOST, "Bye!", 900));

    assertThat(new Verification(jdbi).of(id).orElseThrow().isWhole()).isTrue();
  }

  @Test
  void aCallWithADamagedFactAsWellIsNamed() {
    damage("{");
    damageAFact(3);

    assertThatThrownBy(this::page)
        .isInstanceOfSatisfying(
            UnreadableCallException.class, e -> assertThat(e.callId()).isEqualTo(id))
        .hasMessageContaining(id.value());
    assertThat(new Verification(jdbi).of(id).orElseThrow().isWhole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void damageDoesNotKeepACallFromBeingForgotten(boolean inItsDocument) {
    ledger.open(requested(CallId.random(), NOON.plusSeconds(1)));
    damageAFact(2);
    if (inItsDocument) {
      damage("{");
    }

    assertThat(new Retention(jdbi).forgetBefore(NOON.plusSeconds(2))).isEqualTo(1);

    assertThat(history.find(id)).isEmpty();
    assertThat(terms(id)).isZero();
  }

  private long terms(CallId call) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM call_terms WHERE call_id = ?")
                .bind(0, UUID.fromString(call.value()))
                .mapTo(Long.class)
                .one());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoseCallItWasIsFoundInWhatIsLeftOfIt(boolean inItsDocument) {
    if (inItsDocument) {
      damage("{");
    } else {
      damageAFact(0);
    }
    Erasure erasure = new Erasure(jdbi, new SettableClock(NOON));

    assertThat(erasure.callsFor(GUEST)).containsExactly(id);
  }
}

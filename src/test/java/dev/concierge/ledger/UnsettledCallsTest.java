package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.conversationStarted;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.status;
import static dev.concierge.call.SampleCalls.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.SettableClock;
import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.HangupRequested;
import dev.concierge.call.CallFact.Reconciled;
import dev.concierge.call.CallFact.SubmissionFailed;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.CallLedger.Append;
import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.FactSource;
import dev.concierge.call.Turn.Speaker;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls that the reconciler looks after. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@ExtendWith(FarFromUtc.class)
class UnsettledCallsTest {

  @Parameter TestDatabase database;

  private CallLedger ledger;

  @BeforeEach
  void emptyTheDatabase() {
    ledger = new JdbiCallLedger(database.emptied(), new SettableClock(NOON.plusSeconds(100)));
  }

  private CallId opened(Instant at) {
    return ledger.open(requested(CallId.random(), at)).id();
  }

  private Append append(CallId id, FactSource source, long sequence, CallFact fact) {
    return ledger.append(entry(id, source, sequence, NOON.plusSeconds(1 + sequence), fact));
  }

  private Append report(CallId id, long sequence, CallStatus status) {
    return append(id, FactSource.CARRIER_STATUS, sequence, status(status));
  }

  @Test
  void unsettledCallsAreThoseThatFellSilentTheMostSilentFirst() {
    CallId talking = opened(NOON);
    append(talking, FactSource.bridge("MZ1"), 60, turn(Speaker.HOST, "Hello?", 0));
    CallId silent = opened(NOON.plusSeconds(5));
    CallId moreSilent = opened(NOON.plusSeconds(4));
    CallId over = opened(NOON);
    report(over, 1, CallStatus.BUSY);
    CallId overButTalking = opened(NOON.minusSeconds(9));
    append(overButTalking, FactSource.bridge("MZ1"), 1, conversationStarted());
    report(overButTalking, 2, CallStatus.COMPLETED);

    assertThat(ledger.unsettled(NOON.plusSeconds(30), 10))
        .containsExactly(overButTalking, moreSilent, silent);
    assertThat(ledger.unsettled(NOON.plusSeconds(30), 1)).containsExactly(overButTalking);
    assertThat(ledger.unsettled(NOON.plusSeconds(5), 10))
        .containsExactly(overButTalking, moreSilent);
  }

  @Test
  void aCallThatIsToBeEndedIsUnsettledHoweverMuchIsHeardOfIt() {
    CallId talking = opened(NOON);
    append(talking, FactSource.DESK, 3, new HangupRequested());
    append(talking, FactSource.bridge("MZ1"), 60, turn(Speaker.HOST, "Hello?", 0));
    CallId over = opened(NOON);
    append(over, FactSource.DESK, 3, new HangupRequested());
    report(over, 4, CallStatus.CANCELED);
    opened(NOON);

    assertThat(ledger.unsettled(NOON, 10)).containsExactly(talking);
  }

  @Test
  void rivalsAreTheOtherCallsToTheNumberThatMayHaveReachedTheCarrier() {
    Call call = ledger.open(requested(CallId.random(), NOON));
    assertThat(rivals(call)).isZero();

    opened(NOON.minusSeconds(61));
    CallId before = opened(NOON.minusSeconds(60));
    CallId after = opened(NOON.plusSeconds(60));
    opened(NOON.plusSeconds(61));
    assertThat(rivals(call)).isEqualTo(2);

    CallId refused = opened(NOON);
    append(refused, FactSource.DESK, 2, refusal());
    report(after, 1, CallStatus.RINGING);
    append(before, FactSource.RECONCILER, 1, lost());
    assertThat(rivals(call)).isEqualTo(1);
  }

  private long rivals(Call call) {
    return ledger.countRivals(call, NOON.minusSeconds(60), NOON.plusSeconds(60));
  }

  private static CallFact refusal() {
    return new SubmissionFailed(EndedReason.CARRIER_REFUSED, "21211", "no");
  }

  private static CallFact lost() {
    return new Reconciled(CallStatus.FAILED, EndedReason.SUBMISSION_LOST, null, "unknown");
  }
}

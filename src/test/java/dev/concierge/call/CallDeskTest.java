package dev.concierge.call;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.request;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concierge.Behaviour;
import dev.concierge.SettableClock;
import dev.concierge.call.CallFact.HangupRequested;
import dev.concierge.call.CallFact.Submitted;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallDeskTest {

  private final MemoryLedger ledger = new MemoryLedger();
  private final FakeCarrier carrier = new FakeCarrier();
  private final Clock clock = new SettableClock(NOON);
  private final List<LedgerEntry> spooled = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final CallDesk desk = new CallDesk(ledger, carrier, spooled::add, clock, pauses::add);

  private CallId submitted() {
    CallId id = ledger.open(requested(CallId.random(), NOON)).id();
    ledger.append(entry(id, FactSource.DESK, 2, NOON, new Submitted("CA1")));
    return id;
  }

  @Test
  void theIntentIsWrittenBeforeTheCarrierIsAsked() {
    carrier.dial =
        id -> {
          assertThat(ledger.find(id).orElseThrow().status()).isEqualTo(CallStatus.SUBMITTING);
          return "CA1";
        };

    Call call = desk.place(request());

    assertThat(call.status()).isEqualTo(CallStatus.QUEUED);
    assertThat(call.carrierCallId()).isEqualTo("CA1");
    assertThat(call.request()).isEqualTo(request());
    assertThat(carrier.dialled).containsExactly(call.id());
  }

  @Test
  @Behaviour(5)
  void aRefusedCallHasFailedAndTellsWhy() {
    carrier.dial =
        id -> {
          throw new CarrierRefusedException(EndedReason.CARRIER_REFUSED, "21211", "no number");
        };

    Call call = desk.place(request());

    assertThat(call.status()).isEqualTo(CallStatus.FAILED);
    assertThat(call.endedReason()).isEqualTo(EndedReason.CARRIER_REFUSED);
    assertThat(call.evidence()).isEqualTo(new Evidence(null, "21211", "no number"));
    assertThat(call.isSettled()).isTrue();
    assertThat(call.outcome()).isEqualTo(Outcome.of(Outcome.Result.UNREACHED));
  }

  @Test
  @Behaviour(1)
  void aDialWithoutAnAnswerIsNotRepeated() {
    carrier.dial =
        id -> {
          throw new CarrierUncertainException("timed out");
        };

    Call call = desk.place(request());

    assertThat(call.status()).isEqualTo(CallStatus.SUBMISSION_UNKNOWN);
    assertThat(call.isSettled()).isFalse();
    assertThat(carrier.dialled).hasSize(1);
  }

  @Test
  void aFaultOfOursWhileDiallingLeavesTheSubmissionUnknown() {
    carrier.dial =
        id -> {
          throw new IllegalStateException("a bug after the carrier had heard us");
        };

    assertThat(desk.place(request()).status()).isEqualTo(CallStatus.SUBMISSION_UNKNOWN);

    assertThat(carrier.dialled).hasSize(1);
  }

  @Test
  @Behaviour(5)
  void aCarrierThatIsAskedTooMuchIsAskedAgainAFewTimes() {
    carrier.dial = id -> refuse(EndedReason.CARRIER_RATE_LIMITED, "20429");

    Call call = desk.place(request());

    assertThat(call.endedReason()).isEqualTo(EndedReason.CARRIER_RATE_LIMITED);
    assertThat(carrier.dialled).hasSize(4).containsOnly(call.id());
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void aCarrierThatHasTimeAgainIsNotAskedAnyMore() {
    carrier.dial =
        id -> pauses.size() < 2 ? refuse(EndedReason.CARRIER_RATE_LIMITED, "20429") : "CA1";

    assertThat(desk.place(request()).status()).isEqualTo(CallStatus.QUEUED);

    assertThat(carrier.dialled).hasSize(3);
  }

  @Test
  void anotherRefusalIsNotRepeated() {
    carrier.dial = id -> refuse(EndedReason.CARRIER_REFUSED, "21211");

    desk.place(request());

    assertThat(carrier.dialled).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  private static String refuse(EndedReason reason, String code) throws CarrierRefusedException {
    throw new CarrierRefusedException(reason, code, "no");
  }

  @Test
  void whatTheCarrierAnsweredIsKeptWhenTheLedgerFails() {
    ledger.before =
        entry -> {
          throw new IllegalStateException("the database went away");
        };

    Call call = desk.place(request());

    assertThat(call.status()).isEqualTo(CallStatus.QUEUED);
    assertThat(call.carrierCallId()).isEqualTo("CA1");
    assertThat(spooled)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.callId()).isEqualTo(call.id());
              assertThat(entry.fact()).isEqualTo(new Submitted("CA1"));
            });
    ledger.before = entry -> {};
    spooled.forEach(ledger::append);
    assertThat(ledger.find(call.id())).contains(call);
  }

  @Test
  @Behaviour(7)
  void aKeyPlacesOneCallHoweverOftenItIsUsed() throws KeyReusedException {
    IdempotencyKey key = new IdempotencyKey("order-17", "f1");
    assertThat(desk.placedUnder(key)).isEmpty();

    CallDesk.Placement first = desk.place(request(), key);
    CallDesk.Placement again = desk.place(request(), key);

    assertThat(first.isNew()).isTrue();
    assertThat(again).isEqualTo(new CallDesk.Placement(first.call(), false));
    assertThat(desk.placedUnder(key)).contains(first.call());
    assertThat(carrier.dialled).containsExactly(first.call().id());
  }

  @Test
  void aKeyIsNotForTwoRequests() throws KeyReusedException {
    desk.place(request(), new IdempotencyKey("order-17", "f1"));
    IdempotencyKey other = new IdempotencyKey("order-17", "f2");

    assertThatThrownBy(() -> desk.placedUnder(other)).isInstanceOf(KeyReusedException.class);
    assertThatThrownBy(() -> desk.place(request(), other)).isInstanceOf(KeyReusedException.class);

    assertThat(carrier.dialled).hasSize(1);
  }

  @Test
  void hangingUpTellsTheCarrierAndIsNotedOnce() throws CarrierUncertainException {
    CallId id = submitted();

    Call call = desk.hangUp(id).orElseThrow();
    desk.hangUp(id);

    assertThat(call.hangupRequested()).isTrue();
    assertThat(carrier.hungUp).containsExactly("CA1", "CA1");
    assertThat(ledger.told).filteredOn(told -> told.fact() instanceof HangupRequested).hasSize(1);
  }

  @Test
  void aCallThatIsOverIsLeftAlone() throws CarrierUncertainException {
    CallId id = submitted();
    ledger.append(entry(id, FactSource.CARRIER_STATUS, 1, NOON, status(CallStatus.BUSY)));

    assertThat(desk.hangUp(id)).isEqualTo(ledger.find(id));
    assertThat(desk.hangUp(CallId.random())).isEmpty();

    assertThat(carrier.hungUp).isEmpty();
    assertThat(ledger.find(id).orElseThrow().hangupRequested()).isFalse();
  }

  @Test
  void aHangupThatTheCarrierDidNotAnswerIsKept() {
    CallId id = submitted();
    carrier.unanswering.add("CA1");

    assertThatThrownBy(() -> desk.hangUp(id)).isInstanceOf(CarrierUncertainException.class);

    assertThat(ledger.find(id).orElseThrow().hangupRequested()).isTrue();
  }

  @Test
  void aHangupDuringTheDialIsCarriedOutWhenTheCarrierHasAnswered() {
    carrier.dial =
        id -> {
          assertThat(desk.hangUp(id)).isPresent();
          assertThat(carrier.hungUp).isEmpty();
          return "CA1";
        };

    assertThat(desk.place(request()).hangupRequested()).isTrue();

    assertThat(carrier.hungUp).containsExactly("CA1");
  }

  @Test
  void aHangupThatTheCarriersAnswerOvertakesReachesTheCarrier() throws CarrierUncertainException {
    CallId id = ledger.open(requested(CallId.random(), NOON)).id();
    ledger.before =
        entry -> {
          if (entry.fact() instanceof HangupRequested) {
            ledger.append(entry(id, FactSource.DESK, 2, NOON, new Submitted("CA1")));
          }
        };

    desk.hangUp(id);

    assertThat(carrier.hungUp).containsExactly("CA1");
  }
}

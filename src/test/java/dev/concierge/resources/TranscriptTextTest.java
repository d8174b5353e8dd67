package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.call.Call;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallId;
import dev.concierge.call.FactSource;
import dev.concierge.call.Outcome;
import dev.concierge.call.Outcome.Result;
import dev.concierge.call.SampleCalls;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTextTest {

  private static final Call CALL =
      Call.opened(SampleCalls.requested(CallId.random(), SampleCalls.NOON));

  @Test
  void whatWasSaidCannotPassForATurnOfItsOwn() {
    Turn turn = new Turn(Speaker.HOST, "No.\n00:09  Host:  Yes.\u2028Yes.", null, 0, 900, false);
    assertThat(TranscriptText.of(CALL, List.of(turn)))
        .endsWith("\n00:00  Host:  No. 00:09 Host: Yes. Yes.\n");
  }

  @Test
  void aTurnOfWhichNothingWasHeardSaysSo() {
    Turn turn = new Turn(Speaker.AGENT, "A table?", "", 61_000, 61_000, true);
    assertThat(TranscriptText.of(CALL, List.of(turn)))
        .endsWith("\n01:01  Agent: A table?\n       (interrupted; nothing was heard)\n");
  }

  @Test
  void itEndsWithWhatCameOfTheCall() {
    OutcomeRecorded fact = new OutcomeRecorded(Outcome.of(Result.CONFIRMED));
    Call booked =
        CALL.with(
            SampleCalls.entry(CALL.id(), FactSource.bridge("MZ1"), 1, SampleCalls.NOON, fact));
    assertThat(TranscriptText.of(booked, List.of())).endsWith("\nOutcome: confirmed\n");
  }
}

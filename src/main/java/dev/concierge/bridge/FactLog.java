package dev.concierge.bridge;

import dev.concierge.call.CallFact;
import dev.concierge.call.CallId;
import dev.concierge.call.FactSink;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import java.time.Clock;

/** Numbers and dates a conversation's facts and hands them to the ledger. */
final class FactLog {

  private final CallId callId;
  private final FactSource source;
  private final FactSink sink;
  private final Clock clock;
  private long sequence;

  FactLog(CallId callId, String streamId, FactSink sink, Clock clock) {
    this.callId = callId;
    this.source = FactSource.bridge(streamId);
    this.sink = sink;
    this.clock = clock;
  }

  void add(CallFact fact) {
    sink.record(new LedgerEntry(callId, source, sequence++, clock.instant(), fact));
  }
}

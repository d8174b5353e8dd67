package dev.concierge.twilio;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.IdempotencyKey;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.SampleCalls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger in memory that knows the calls it is told of, and can be away. */
final class RecordingLedger implements CallLedger {

  private final Set<CallId> known = ConcurrentHashMap.newKeySet();
  private final List<LedgerEntry> entries = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile boolean unreadable;

  CallId knownCall() {
    CallId call = CallId.random();
    known.add(call);
    return call;
  }

  List<LedgerEntry> entriesOf(CallId call) {
    return entries.stream().filter(entry -> entry.callId().equals(call)).toList();
  }

  void away(boolean away) {
    this.away = away;
  }

  /** Whether it takes what it is told and finds nothing. */
  void unreadable(boolean unreadable) {
    this.unreadable = unreadable;
  }

  @Override
  public Append append(LedgerEntry entry) {
    if (away) {
      throw new IllegalStateException("the database is away");
    }
    if (!known.contains(entry.callId())) {
      return Append.UNKNOWN_CALL;
    }
    boolean again =
        entriesOf(entry.callId()).stream()
            .anyMatch(e -> e.source().equals(entry.source()) && e.sequence() == entry.sequence());
    if (again) {
      return Append.DUPLICATE;
    }
    entries.add(entry);
    return Append.APPENDED;
  }

  @Override
  public Optional<Call> open(LedgerEntry requested, IdempotencyKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<IdempotencyKey.Use> findByKey(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Call open(LedgerEntry requested) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Call> find(CallId id) {
    if (unreadable) {
      throw new IllegalStateException("the database went away");
    }
    if (!known.contains(id)) {
      return Optional.empty();
    }
    Call call = Call.opened(SampleCalls.requested(id, SampleCalls.NOON));
    for (LedgerEntry entry : entriesOf(id)) {
      call = call.with(entry);
    }
    return Optional.of(call);
  }

  @Override
  public Optional<Call> findByCarrierCallId(String carrierCallId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<CallId> unsettled(Instant unheardSince, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long countRivals(Call call, Instant from, Instant until) {
    throw new UnsupportedOperationException();
  }
}

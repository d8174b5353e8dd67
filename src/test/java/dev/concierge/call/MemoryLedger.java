package dev.concierge.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A ledger in memory. */
final class MemoryLedger implements CallLedger {

  final List<LedgerEntry> told = new ArrayList<>();

  /** Sees each entry before it is added, as another process would that is a little faster. */
  Consumer<LedgerEntry> before = entry -> {};

  /** Runs before a call is looked up. */
  Runnable whenAsked = () -> {};

  /** Calls whose rows cannot be made sense of. */
  final Set<CallId> unreadable = new HashSet<>();

  private final Map<String, IdempotencyKey.Use> keys = new LinkedHashMap<>();
  private final Map<CallId, Call> calls = new LinkedHashMap<>();

  @Override
  public Call open(LedgerEntry requested) {
    told.add(requested);
    Call call = Call.opened(requested);
    calls.put(call.id(), call);
    return call;
  }

  @Override
  public Optional<Call> open(LedgerEntry requested, IdempotencyKey key) {
    if (keys.containsKey(key.name())) {
      return Optional.empty();
    }
    Call call = open(requested);
    keys.put(key.name(), new IdempotencyKey.Use(key, call));
    return Optional.of(call);
  }

  @Override
  public Optional<IdempotencyKey.Use> findByKey(String name) {
    return Optional.ofNullable(keys.get(name))
        .map(use -> new IdempotencyKey.Use(use.key(), calls.get(use.call().id())));
  }

  @Override
  public Append append(LedgerEntry entry) {
    before.accept(entry);
    if (!calls.containsKey(entry.callId())) {
      return Append.UNKNOWN_CALL;
    }
    if (told.stream().anyMatch(other -> isSame(other, entry))) {
      return Append.DUPLICATE;
    }
    told.add(entry);
    calls.compute(entry.callId(), (id, call) -> call.with(entry));
    return Append.APPENDED;
  }

  private static boolean isSame(LedgerEntry one, LedgerEntry other) {
    return one.callId().equals(other.callId())
        && one.source().equals(other.source())
        && one.sequence() == other.sequence();
  }

  @Override
  public Optional<Call> find(CallId id) {
    whenAsked.run();
    if (unreadable.contains(id)) {
      throw new IllegalArgumentException("JSON that is no call");
    }
    return Optional.ofNullable(calls.get(id));
  }

  @Override
  public Optional<Call> findByCarrierCallId(String carrierCallId) {
    return calls.values().stream()
        .filter(call -> carrierCallId.equals(call.carrierCallId()))
        .findFirst();
  }

  @Override
  public List<CallId> unsettled(Instant unheardSince, int limit) {
    return calls.values().stream()
        .filter(call -> !call.isSettled())
        .filter(call -> call.heardOfAt().isBefore(unheardSince) || call.hangupRequested())
        .sorted(Comparator.comparing(Call::heardOfAt))
        .limit(limit)
        .map(Call::id)
        .toList();
  }

  @Override
  public long countRivals(Call call, Instant from, Instant until) {
    return calls.values().stream()
        .filter(other -> !other.id().equals(call.id()) && other.carrierCallId() == null)
        .filter(other -> other.request().to().equals(call.request().to()))
        .filter(other -> !other.createdAt().isBefore(from) && !other.createdAt().isAfter(until))
        .filter(other -> !other.isSettled() || other.endedReason() == EndedReason.SUBMISSION_LOST)
        .count();
  }
}

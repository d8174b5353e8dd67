package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.BargedIn;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.CallId;
import dev.concierge.call.LedgerEntry;
import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.CallHistory.StoredFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows one call through the ledger, from its first fact until it is settled. It needs nothing
 * but the ledger, so any instance can follow any call. For one thread.
 */
final class CallFollower {

  /** The id of the last event. */
  static final String END = "end";

  private static final int FACTS_AT_ONCE = 500;

  private final CallHistory history;
  private final CallId id;
  private final long seen;
  private long position;
  private @Nullable Call call;
  private boolean ended;

  /**
   * @param seen the position of the last fact whose events the client has seen, 0 for none
   */
  CallFollower(CallHistory history, CallId id, long seen) {
    this.history = history;
    this.id = id;
    this.seen = seen;
  }

  record StatusChange(String status, @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {}

  record BargeIn(@JsonProperty("played_ms") long playedMs) {}

  /**
   * What has happened since the last time, in the order in which the ledger was told. Blocks on the
   * ledger only.
   */
  List<LiveEvent> next() {
    List<LiveEvent> events = new ArrayList<>();
    List<StoredFact> facts = history.facts(id, position, FACTS_AT_ONCE);
    for (StoredFact fact : facts) {
      List<LiveEvent> told = follow(fact);
      if (fact.position() > seen) {
        events.addAll(told);
      }
    }
    if (call != null && call.isSettled() && facts.size() < FACTS_AT_ONCE) {
      events.add(new LiveEvent(END, END, CallView.of(call)));
      ended = true;
    }
    return events;
  }

  /** Whether the last event has been handed out. */
  boolean hasEnded() {
    return ended;
  }

  private List<LiveEvent> follow(StoredFact fact) {
    position = fact.position();
    Call before = call;
    Call after = before == null ? Call.opened(fact.entry()) : before.with(fact.entry());
    call = after;
    return withId(views(before, after, fact.entry()), String.valueOf(position));
  }

  private static List<LiveEvent> views(@Nullable Call before, Call after, LedgerEntry entry) {
    List<LiveEvent> events = new ArrayList<>();
    if (before == null || before.status() != after.status()) {
      events.add(event("status", new StatusChange(Words.of(after.status()), entry.at())));
    }
    CallFact fact = entry.fact();
    if (fact instanceof TurnSpoken spoken) {
      events.add(event("turn", TurnView.of(spoken.turn())));
    } else if (fact instanceof BargedIn bargedIn) {
      events.add(event("barge_in", new BargeIn(bargedIn.playedMs())));
    }
    if (before != null
        && after.outcome() != null
        && !Objects.equals(before.outcome(), after.outcome())) {
      events.add(event("outcome", OutcomeView.of(after.outcome())));
    }
    return events;
  }

  private static LiveEvent event(String name, Object data) {
    return new LiveEvent(null, name, data);
  }

  private static List<LiveEvent> withId(List<LiveEvent> events, String id) {
    if (!events.isEmpty()) {
      int last = events.size() - 1;
      events.set(last, new LiveEvent(id, events.get(last).name(), events.get(last).data()));
    }
    return events;
  }
}

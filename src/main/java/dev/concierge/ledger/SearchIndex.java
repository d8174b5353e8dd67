package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.CallId;
import dev.concierge.call.ReservationRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What calls are found by besides their own columns: words that were said, labels, and names of
 * restaurants. Written in the transaction that writes the fact.
 *
 * <p>An inverted index of our own, because it is the same on both databases and a page costs the
 * same whether a word is in three calls or in all: PostgreSQL's GIN would have to sort every match.
 */
final class SearchIndex {

  private SearchIndex() {}

  /** A word that was said in a call, or a label of it. */
  record Entry(String term, Instant createdAt, CallId callId) {}

  /** What the fact has to say of the call. */
  static List<Entry> entries(Call call, CallFact fact) {
    return terms(fact).stream().map(term -> new Entry(term, call.createdAt(), call.id())).toList();
  }

  static void add(Handle handle, Collection<Entry> entries) {
    String sql =
        """
        INSERT INTO call_terms (term, created_at, call_id) VALUES (:term, :createdAt, :callId)
        ON CONFLICT DO NOTHING
        """;
    forEach(handle, entries, sql);
  }

  /** Adds what a call's facts say, the first of which asked for it. */
  static void add(Handle handle, Call call, List<CallFact> facts) {
    addRestaurant(handle, call.request().reservation().restaurantName());
    add(handle, entries(call, facts));
  }

  /** Adds what is not there yet of a call that is in the ledger. */
  static void complete(Handle handle, Call call) {
    add(handle, call, facts(handle, call));
  }

  /**
   * Takes away what was said in the call and its labels. Its facts tell what that is, so they must
   * still have their words.
   */
  static void remove(Handle handle, Call call) {
    try {
      String sql =
          """
          DELETE FROM call_terms
          WHERE term = :term AND created_at = :createdAt AND call_id = :callId
          """;
      forEach(handle, entries(call, facts(handle, call)), sql);
    } catch (IllegalArgumentException e) {
      removeUnread(handle, call.id().value());
    }
  }

  /** The same for a call whose facts cannot be read: all terms there are have to be looked at. */
  static void removeUnread(Handle handle, String callId) {
    handle.execute("DELETE FROM call_terms WHERE call_id = ?", UUID.fromString(callId));
  }

  private static List<Entry> entries(Call call, List<CallFact> facts) {
    return facts.stream().flatMap(fact -> entries(call, fact).stream()).distinct().toList();
  }

  private static Set<String> terms(CallFact fact) {
    if (fact instanceof Requested requested) {
      return labels(requested.request());
    }
    return fact instanceof TurnSpoken spoken ? SearchTerms.of(spoken.turn().text()) : Set.of();
  }

  private static Set<String> labels(ReservationRequest request) {
    Set<String> labels = new LinkedHashSet<>();
    request.metadata().forEach((name, value) -> labels.add(SearchTerms.ofLabel(name, value)));
    return labels;
  }

  private static List<CallFact> facts(Handle handle, Call call) {
    return handle
        .createQuery(
            """
            SELECT body FROM facts
            WHERE call_id = :id AND kind IN ('requested', 'turn_spoken')
            ORDER BY id
            """)
        .bind("id", call.id().value())
        .mapTo(String.class)
        .map(body -> CallJson.read(body, CallFact.class))
        .list();
  }

  /** A name that is there is held until the call is, so that it is not forgotten meanwhile. */
  private static void addRestaurant(Handle handle, String name) {
    String folded = CallRow.folded(name);
    int held = handle.execute("UPDATE restaurants SET folded = folded WHERE folded = ?", folded);
    if (held == 0) {
      handle.execute("INSERT INTO restaurants (folded) VALUES (?) ON CONFLICT DO NOTHING", folded);
    }
  }

  private static void forEach(Handle handle, Collection<Entry> entries, String sql) {
    PreparedBatch batch = handle.prepareBatch(sql);
    for (Entry entry : entries) {
      batch
          .bind("term", entry.term)
          .bind("createdAt", SqlTime.argument(entry.createdAt))
          .bind("callId", UUID.fromString(entry.callId.value()))
          .add();
    }
    batch.execute();
  }
}

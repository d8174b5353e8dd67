package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.ReservationRequest;
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

  /** Adds what the fact says of the call. */
  static void add(Handle handle, Call call, CallFact fact) {
    if (fact instanceof Requested) {
      addRestaurant(handle, call.request().reservation().restaurantName());
    }
    String sql =
        """
        INSERT INTO call_terms (term, created_at, call_id) VALUES (:term, :createdAt, :callId)
        ON CONFLICT DO NOTHING
        """;
    forEach(handle, call, terms(fact), sql);
  }

  /** Adds what all the facts say of the call. */
  static void addAll(Handle handle, Call call) {
    facts(handle, call).forEach(fact -> add(handle, call, fact));
  }

  /**
   * Takes away what was said in the call and its labels. Its facts tell what that is, so they must
   * still have their words.
   */
  static void remove(Handle handle, Call call) {
    Set<String> terms = new LinkedHashSet<>();
    facts(handle, call).forEach(fact -> terms.addAll(terms(fact)));
    String sql =
        """
        DELETE FROM call_terms
        WHERE term = :term AND created_at = :createdAt AND call_id = :callId
        """;
    forEach(handle, call, terms, sql);
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

  private static void forEach(Handle handle, Call call, Set<String> terms, String sql) {
    if (terms.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(sql);
    for (String term : terms) {
      batch
          .bind("term", term)
          .bind("createdAt", SqlTime.argument(call.createdAt()))
          .bind("callId", UUID.fromString(call.id().value()))
          .add();
    }
    batch.execute();
  }
}

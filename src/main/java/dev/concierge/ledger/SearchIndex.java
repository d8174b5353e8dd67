package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.TurnSpoken;
import java.util.Collection;
import java.util.List;
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
      addTerms(handle, call, labels(call));
    } else if (fact instanceof TurnSpoken spoken) {
      addTerms(handle, call, SearchTerms.of(spoken.turn().text()));
    }
  }

  private static List<String> labels(Call call) {
    return call.request().metadata().entrySet().stream()
        .map(label -> SearchTerms.ofLabel(label.getKey(), label.getValue()))
        .toList();
  }

  private static void addRestaurant(Handle handle, String name) {
    handle
        .createUpdate("INSERT INTO restaurants (folded) VALUES (:folded) ON CONFLICT DO NOTHING")
        .bind("folded", CallRow.folded(name))
        .execute();
  }

  private static void addTerms(Handle handle, Call call, Collection<String> terms) {
    if (terms.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO call_terms (term, created_at, call_id) VALUES (:term, :createdAt, :callId)
            ON CONFLICT DO NOTHING
            """);
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

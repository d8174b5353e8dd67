package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import dev.concierge.ledger.SeedCalls.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Fills an empty ledger with many calls and ten times as many turns, much faster than they could
 * happen: {@code LedgerSeed DATABASE CALLS}, with a {@link LoadDatabase}.
 */
final class LedgerSeed {

  private static final List<String> CALLS =
      List.of(
          "id",
          "created_at",
          "heard_of_at",
          "status",
          "settled",
          "outcome",
          "ended_reason",
          "to_number",
          "restaurant_name",
          "restaurant_folded",
          "carrier_call_id",
          "document",
          "answered",
          "talk_ms",
          "first_audio_ms",
          "response_ms",
          "barge_ins",
          "input_text_tokens",
          "input_audio_tokens",
          "cached_text_tokens",
          "cached_audio_tokens",
          "output_text_tokens",
          "output_audio_tokens",
          "chain_length",
          "chain_end",
          "seal");

  private static final List<String> FACTS =
      List.of(
          "call_id",
          "source",
          "sequence",
          "kind",
          "at",
          "recorded_at",
          "body",
          "salt",
          "body_digest",
          "digest");

  private static final List<String> TERMS = List.of("term", "created_at", "call_id");

  private static final FactSource SOURCE = new FactSource("seed");

  private LedgerSeed() {}

  public static void main(String[] arguments) throws Exception {
    int calls = Integer.parseInt(arguments[1]);
    Instant begun = Instant.now();
    try (LoadDatabase database = LoadDatabase.open(arguments[0])) {
      Jdbi jdbi = Jdbi.create(database.source());
      Indexes indexes = new Indexes(jdbi, database.isH2());
      indexes.drop();
      load(database, calls);
      say(begun, "rows are there");
      indexes.create();
      say(begun, "indexes are there");
      jdbi.useHandle(handle -> handle.execute(database.isH2() ? "ANALYZE" : "VACUUM ANALYZE"));
      say(begun, "seeded " + calls + " calls");
    }
  }

  private static void load(LoadDatabase database, int number) throws Exception {
    SeedCalls seeds = new SeedCalls(number);
    try (BulkTable calls = BulkTable.open(database, "calls", CALLS);
        BulkTable facts = BulkTable.open(database, "facts", FACTS);
        BulkTable terms = BulkTable.open(database, "call_terms", TERMS);
        BulkTable restaurants = BulkTable.open(database, "restaurants", List.of("folded"))) {
      for (int i = 0; i < SeedCalls.RESTAURANTS; i++) {
        restaurants.add(List.of(CallRow.folded(SeedCalls.restaurant(i))));
      }
      for (int i = 0; i < number; i++) {
        Seed seed = seeds.call(i);
        FactChain chain = addFacts(seed, facts);
        calls.add(row(seed.call(), chain));
        for (String term : terms(seed)) {
          terms.add(List.of(term, seed.call().createdAt(), seed.call().id().value()));
        }
      }
    }
  }

  private static List<Object> row(Call call, FactChain chain) {
    CallRow row = CallRow.of(call, chain);
    CallFigures figures = row.figures();
    List<Object> values = new ArrayList<>();
    values.add(row.id());
    values.add(call.createdAt());
    values.add(call.heardOfAt());
    values.add(row.status());
    values.add(row.settled());
    values.add(row.outcome());
    values.add(row.endedReason());
    values.add(row.toNumber());
    values.add(row.restaurantName());
    values.add(row.restaurantFolded());
    values.add(row.carrierCallId());
    values.add(row.document());
    values.add(figures.answered());
    values.add(figures.talkMs());
    values.add(figures.firstAudioMs());
    values.add(figures.responseMs());
    values.add(figures.bargeIns());
    values.add(figures.inputTextTokens());
    values.add(figures.inputAudioTokens());
    values.add(figures.cachedTextTokens());
    values.add(figures.cachedAudioTokens());
    values.add(figures.outputTextTokens());
    values.add(figures.outputAudioTokens());
    values.add(row.chainLength());
    values.add(row.chainEnd());
    values.add(row.seal());
    return values;
  }

  private static FactChain addFacts(Seed seed, BulkTable facts) throws Exception {
    Instant at = seed.call().createdAt();
    FactChain chain = FactChain.EMPTY;
    for (CallFact fact : seed.facts()) {
      var entry = new LedgerEntry(seed.call().id(), SOURCE, chain.length(), at, fact);
      FactRow row = FactRow.of(entry, at, chain.end());
      facts.add(
          List.of(
              row.callId(),
              row.source(),
              row.sequence(),
              row.kind(),
              at,
              at,
              row.body(),
              row.salt(),
              row.bodyDigest(),
              row.digest()));
      chain = chain.with(row);
    }
    return chain;
  }

  private static Set<String> terms(Seed seed) {
    Set<String> terms = new LinkedHashSet<>();
    seed.call()
        .request()
        .metadata()
        .forEach((name, value) -> terms.add(SearchTerms.ofLabel(name, value)));
    for (CallFact fact : seed.facts()) {
      if (fact instanceof TurnSpoken spoken) {
        terms.addAll(SearchTerms.of(spoken.turn().text()));
      }
    }
    return terms;
  }

  private static void say(Instant begun, String what) {
    System.out.println(
        what + " after " + Duration.between(begun, Instant.now()).toSeconds() + " s");
  }
}

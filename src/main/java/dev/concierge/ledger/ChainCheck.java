package dev.concierge.ledger;

import dev.concierge.call.CallFact.PersonalDataErased;
import dev.concierge.ledger.Verification.Flaw;
import dev.concierge.ledger.Verification.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Goes along the facts of one call, in their order, and finds the first that is not whole. */
final class ChainCheck {

  private final String callId;
  private String end = "";
  private long facts;
  private ErasedBodies erased = new ErasedBodies();
  private @Nullable Flaw openErasure;
  private @Nullable Flaw flaw;
  private @Nullable String lastSource;
  private @Nullable Long lastSequence;

  ChainCheck(String callId) {
    this.callId = callId;
  }

  /** Takes the next row of {@code facts}. */
  void fact(ResultSet row) throws SQLException {
    lastSource = row.getString("source");
    lastSequence = row.getLong("sequence");
    String digest = row.getString("digest");
    if (!FactRow.digest(end, row).equals(digest)) {
      found(Kind.CHAIN_BROKEN);
    }
    body(row, digest);
    end = String.valueOf(digest);
    facts++;
  }

  private void body(ResultSet row, @Nullable String digest) throws SQLException {
    String body = row.getString("body");
    String salt = row.getString("salt");
    if (salt == null) {
      erased.add(String.valueOf(digest), body);
      openErasure = openErasure == null ? here(Kind.ERASURE_CHANGED) : openErasure;
      return;
    }
    if (!ChainDigest.of(salt, body).equals(row.getString("body_digest"))) {
      found(Kind.FACT_CHANGED);
    } else if (row.getString("kind").equals("personal_data_erased")) {
      erasure(CallJson.read(body, PersonalDataErased.class));
    }
  }

  private void erasure(PersonalDataErased told) {
    if (!told.digest().equals(erased.digest())) {
      found(Kind.ERASURE_CHANGED);
    }
    erased = new ErasedBodies();
    openErasure = null;
  }

  /** Compares with what the call's row bears, after the last fact. */
  void end(ResultSet call) throws SQLException {
    if (openErasure != null && flaw == null) {
      flaw = openErasure;
    }
    if (call.getLong("chain_length") != facts || !end.equals(call.getString("chain_end"))) {
      found(Kind.FACTS_MISSING);
    }
    String document = call.getString("document");
    boolean sealed = new FactChain(facts, end).seal(document).equals(call.getString("seal"));
    if (!sealed || !CallRow.repeats(CallRow.read(document), call)) {
      lastSource = null;
      lastSequence = null;
      found(Kind.CALL_CHANGED);
    }
  }

  private void found(Kind kind) {
    flaw = flaw == null ? here(kind) : flaw;
  }

  private Flaw here(Kind kind) {
    return new Flaw(callId, lastSource, lastSequence, kind);
  }

  @Nullable Flaw flaw() {
    return flaw;
  }

  long facts() {
    return facts;
  }
}

package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.LedgerEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads calls from rows of {@code calls}.
 *
 * <p>A row's document says what the facts of the call make of it. One that is damaged is no reason
 * to refuse a whole page, and must not be passed over either: who lists calls counts on all of
 * them. So the call is made of its facts again, which are the truth, and not of the row's other
 * columns, which may be as wrong as the document. The log names the call, since something is amiss,
 * and {@link Verification} says what. Only where a fact cannot be read either, nothing that is
 * certainly true can be shown, and whoever asked is told which call it is.
 */
final class CallReader {

  private static final Logger LOG = LoggerFactory.getLogger(CallReader.class);

  private CallReader() {}

  /**
   * The call in a row that has {@code id} and {@code document}.
   *
   * @throws UnreadableCallException if its facts are damaged, too
   */
  static Call read(Handle handle, ResultSet row) throws SQLException {
    String id = row.getString("id");
    try {
      return ofThat(id, CallRow.read(row.getString("document")));
    } catch (IllegalArgumentException e) {
      LOG.warn("the document of call {} is damaged: it is read from its facts", id);
      return ofFacts(handle, id);
    }
  }

  private static Call ofThat(String id, Call call) {
    if (!call.id().value().equals(id)) {
      throw new IllegalArgumentException("the document of another call");
    }
    return call;
  }

  private static Call ofFacts(Handle handle, String id) {
    try {
      List<LedgerEntry> facts = facts(handle, id);
      if (facts.isEmpty()) {
        throw new IllegalArgumentException("a call without facts");
      }
      Call call = Call.opened(facts.get(0));
      for (LedgerEntry fact : facts.subList(1, facts.size())) {
        call = call.with(fact);
      }
      return call;
    } catch (IllegalArgumentException e) {
      throw new UnreadableCallException(id);
    }
  }

  private static List<LedgerEntry> facts(Handle handle, String id) {
    return handle
        .createQuery(
            "SELECT call_id, source, sequence, at, body FROM facts WHERE call_id = :id ORDER BY id")
        .bind("id", id)
        .map((row, context) -> FactRow.entry(row))
        .list();
  }
}

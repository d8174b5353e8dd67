package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.PersonalDataErased;
import dev.concierge.call.CallId;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.PhoneNumber;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Erases people's data from the ledger: whom the table was for, their number and wishes, every word
 * that was said, and the digest of the request that its idempotency key bears. Which restaurant was
 * called when, how it went and what it cost stays, so that counts stay right. The key stays too,
 * and fits no request any more: who uses it again is refused, and nobody is called twice.
 *
 * <p>The chain of facts stays whole, because it is made over digests of the bodies. That of an
 * erased body tells nothing any more, since its salt is gone. A last fact says how many were
 * erased, with a digest over what is left of them. Safe for use by many threads; blocks.
 */
public final class Erasure {

  private static final int CALLS_AT_ONCE = 5000;

  private final Jdbi jdbi;
  private final Clock clock;
  private final int callsAtOnce;

  public Erasure(Jdbi jdbi, Clock clock) {
    this(jdbi, clock, CALLS_AT_ONCE);
  }

  Erasure(Jdbi jdbi, Clock clock, int callsAtOnce) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.callsAtOnce = callsAtOnce;
  }

  /**
   * The calls that were placed for whoever has that number. Reads every call, some at a time: the
   * database must not be silent for as long as all of them take.
   */
  public List<CallId> callsFor(PhoneNumber callbackNumber) {
    String member = "\"callback_number\":\"" + callbackNumber.e164() + "\"";
    List<CallId> theirs = new ArrayList<>();
    List<Searched> page = searched("", member);
    while (!page.isEmpty()) {
      page.stream().filter(Searched::found).map(Searched::id).forEach(theirs::add);
      page = searched(page.get(page.size() - 1).id().value(), member);
    }
    return theirs;
  }

  /** A call, and whether its document or its first fact, the request, holds what was looked for. */
  private record Searched(CallId id, boolean found) {}

  private List<Searched> searched(String after, String member) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, POSITION(:member IN CONCAT(document, (
                      SELECT body FROM facts WHERE call_id = calls.id ORDER BY id LIMIT 1))) > 0
                    FROM calls
                    WHERE id > :after
                    ORDER BY id
                    LIMIT :limit
                    """)
                .bind("member", member)
                .bind("after", after)
                .bind("limit", callsAtOnce)
                .map(
                    (row, context) -> new Searched(new CallId(row.getString(1)), row.getBoolean(2)))
                .list());
  }

  /**
   * Erases the personal data of one call, and of whatever will still be told about it; doing so
   * again changes nothing.
   *
   * @return {@code false} if there is no such call
   * @throws UnreadableCallException if a fact is damaged, so that nobody can say what in it is
   *     whose
   */
  public boolean erase(CallId id) {
    return jdbi.inTransaction(handle -> erase(handle, id));
  }

  private boolean erase(Handle handle, CallId id) {
    handle.execute("DELETE FROM orphan_callbacks WHERE call_id = ?", id.value());
    handle.execute("UPDATE idempotency_keys SET fingerprint = '' WHERE call_id = ?", id.value());
    Optional<LockedCall> call = LockedCall.find(handle, id);
    if (call.isPresent() && !call.get().call().personalDataErased()) {
      Instant now = clock.instant();
      PersonalDataErased erased = eraseBodies(handle, call.get().call());
      LedgerEntry entry = new LedgerEntry(id, FactSource.ERASURE, 0, now, erased);
      Telling.tell(handle, List.of(entry), now);
    }
    return call.isPresent();
  }

  private static PersonalDataErased eraseBodies(Handle handle, Call call) {
    SearchIndex.remove(handle, call);
    int count = 0;
    ErasedBodies left = new ErasedBodies();
    for (Body row : bodies(handle, call.id())) {
      String body = CallJson.write(row.fact(call.id()).withoutPersonalData());
      if (!body.equals(row.body())) {
        handle.execute("UPDATE facts SET body = ?, salt = NULL WHERE id = ?", body, row.id());
        left.add(row.digest(), body);
        count++;
      }
    }
    return new PersonalDataErased(count, left.digest());
  }

  /** A fact's body, as it is in the database. */
  private record Body(long id, String body, String digest) {
    CallFact fact(CallId call) {
      try {
        return CallJson.read(body, CallFact.class);
      } catch (IllegalArgumentException e) {
        throw new UnreadableCallException(call.value());
      }
    }
  }

  private static List<Body> bodies(Handle handle, CallId id) {
    return handle
        .createQuery(
            """
            SELECT id, body, COALESCE(digest, '') AS digest FROM facts
            WHERE call_id = :id
            ORDER BY id
            """)
        .bind("id", id.value())
        .map(
            (row, context) ->
                new Body(row.getLong("id"), row.getString("body"), row.getString("digest")))
        .list();
  }
}

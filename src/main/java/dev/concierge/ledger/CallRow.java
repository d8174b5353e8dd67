package dev.concierge.ledger;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code calls}: the whole call as JSON, and beside it what calls are found by. Public
 * because JDBI binds only what is.
 *
 * @param chainLength see {@link FactChain}
 * @param seal over the chain's end and the document
 */
public record CallRow(
    String id,
    Argument createdAt,
    Argument heardOfAt,
    String status,
    boolean settled,
    boolean hangupRequested,
    @Nullable String outcome,
    @Nullable String endedReason,
    String toNumber,
    String restaurantName,
    String restaurantFolded,
    @Nullable String carrierCallId,
    String document,
    CallFigures figures,
    long chainLength,
    String chainEnd,
    String seal) {

  private static final String UPDATE =
      """
      UPDATE calls
      SET heard_of_at = :heardOfAt, status = :status, settled = :settled,
          hangup_requested = :hangupRequested, outcome = :outcome,
          ended_reason = :endedReason, carrier_call_id = :carrierCallId, document = :document,
          chain_length = :chainLength, chain_end = :chainEnd, seal = :seal,
          change_number = NULL, %s
      WHERE id = :id
      """
          .formatted(CallFigures.ASSIGNMENTS);

  static CallRow of(Call call, FactChain chain) {
    String document = CallJson.write(call);
    String restaurant = call.request().reservation().restaurantName();
    return new CallRow(
        call.id().value(),
        SqlTime.argument(call.createdAt()),
        SqlTime.argument(call.heardOfAt()),
        call.status().word(),
        call.isSettled(),
        call.hangupRequested(),
        call.outcome() == null ? null : word(call.outcome().result()),
        call.endedReason() == null ? null : word(call.endedReason()),
        call.request().to().e164(),
        restaurant,
        folded(restaurant),
        call.carrierCallId(),
        document,
        CallFigures.of(call),
        chain.length(),
        chain.end(),
        chain.seal(document));
  }

  static String word(Outcome.Result result) {
    return result.name().toLowerCase(Locale.ROOT);
  }

  static String word(EndedReason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  /** A name as it is searched by, without regard to case. */
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if it is no call
   */
  static Call read(String document) {
    return CallJson.read(document, Call.class);
  }

  /** Whether the columns of that row which repeat the call say what the call says. */
  static boolean repeats(Call call, ResultSet row) throws SQLException {
    CallRow said = of(call, FactChain.EMPTY);
    return said.id.equals(row.getString("id"))
        && SqlTime.asKept(call.createdAt()).equals(SqlTime.read(row, "created_at"))
        && SqlTime.asKept(call.heardOfAt()).equals(SqlTime.read(row, "heard_of_at"))
        && said.status.equals(row.getString("status"))
        && said.settled == row.getBoolean("settled")
        && said.hangupRequested == row.getBoolean("hangup_requested")
        && Objects.equals(said.outcome, row.getString("outcome"))
        && Objects.equals(said.endedReason, row.getString("ended_reason"))
        && said.toNumber.equals(row.getString("to_number"))
        && said.restaurantName.equals(row.getString("restaurant_name"))
        && said.restaurantFolded.equals(row.getString("restaurant_folded"))
        && Objects.equals(said.carrierCallId, row.getString("carrier_call_id"))
        && said.figures.equals(CallFigures.read(row));
  }

  static Optional<Call> find(Handle handle, CallId id) {
    return handle
        .createQuery("SELECT id, document FROM calls WHERE id = :id")
        .bind("id", id.value())
        .map((row, context) -> CallReader.read(handle, row))
        .findOne();
  }

  void insert(Handle handle) {
    handle
        .createUpdate(
            """
            INSERT INTO calls (id, created_at, heard_of_at, status, settled, hangup_requested,
                outcome, ended_reason, to_number, restaurant_name, restaurant_folded, carrier_call_id, document,
                chain_length, chain_end, seal, %s)
            VALUES (:id, :createdAt, :heardOfAt, :status, :settled, :hangupRequested,
                :outcome, :endedReason, :toNumber, :restaurantName, :restaurantFolded, :carrierCallId, :document,
                :chainLength, :chainEnd, :seal, %s)
            """
                .formatted(CallFigures.COLUMNS, CallFigures.VALUES))
        .bindMethods(this)
        .bindMethods(figures)
        .execute();
  }

  /** Writes what has become of calls that are there. */
  static void update(Handle handle, List<CallRow> calls) {
    PreparedBatch batch = handle.prepareBatch(UPDATE);
    calls.forEach(call -> batch.bindMethods(call).bindMethods(call.figures).add());
    batch.execute();
  }
}

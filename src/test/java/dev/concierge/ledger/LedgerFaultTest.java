package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.concierge.call.CallId;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.Turn.Speaker;
import java.sql.SQLException;
import java.time.Clock;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class LedgerFaultTest {

  private static LedgerEntry fact(CallId id, FactSource source) {
    return entry(id, source, 1, NOON, turn(Speaker.HOST, "Hi", 0));
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aRowThatTheDatabaseRefusesIsTheEntrysFault(TestDatabase database) {
    JdbiCallLedger ledger = new JdbiCallLedger(database.emptied(), Clock.systemUTC());
    LedgerEntry requested = requested(CallId.random(), NOON);
    ledger.open(requested);

    Throwable fault = catchThrowable(() -> ledger.open(requested));

    assertThat(LedgerFault.isOfTheEntry(fault)).isTrue();
    assertThat(LedgerFault.describe(fault)).endsWith("SQLState 23505");
  }

  @Test
  void aTextThatTheDatabaseCannotHoldIsTheEntrysFault() {
    JdbiCallLedger ledger =
        new JdbiCallLedger(TestDatabase.POSTGRESQL.emptied(), Clock.systemUTC());
    CallId id = ledger.open(requested(CallId.random(), NOON)).id();

    Throwable fault = catchThrowable(() -> ledger.append(fact(id, new FactSource("a\0b"))));

    assertThat(LedgerFault.isOfTheEntry(fault)).isTrue();
    assertThat(LedgerFault.describe(fault)).endsWith("SQLState 22021");
  }

  @Test
  void aDatabaseThatIsNotThereIsNotTheEntrysFault() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setUrl("jdbc:h2:tcp://127.0.0.1:1/nowhere");
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setPortNumbers(new int[] {1});

    for (Jdbi nowhere : new Jdbi[] {Jdbi.create(h2), Jdbi.create(postgres)}) {
      JdbiCallLedger ledger = new JdbiCallLedger(nowhere, Clock.systemUTC());
      Throwable fault = catchThrowable(() -> ledger.append(fact(CallId.random(), FactSource.DESK)));
      assertThat(fault).isInstanceOf(ConnectionException.class);
      assertThat(LedgerFault.isOfTheEntry(fault)).isFalse();
      assertThat(LedgerFault.isAway(fault)).isTrue();
    }
  }

  /** Connection lost, server shutting down, crashed, starting. */
  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P02", "57P03"})
  void aDatabaseThatWentAwayIsAway(String sqlState) {
    assertThat(LedgerFault.isAway(new IllegalStateException(new SQLException("no", sqlState))))
        .isTrue();
  }

  /** Duplicate, deadlock, cancelled statement, lock timeout. */
  @ParameterizedTest
  @ValueSource(strings = {"23505", "40P01", "57014", "HYT00"})
  void aDatabaseThatAnswersIsThere(String sqlState) {
    assertThat(LedgerFault.isAway(new IllegalStateException(new SQLException("no", sqlState))))
        .isFalse();
    assertThat(LedgerFault.isAway(new IllegalArgumentException("odd"))).isFalse();
  }

  @Test
  void anH2ThatWasClosedIsAway() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setUrl("jdbc:h2:mem:" + CallId.random().value());

    Throwable fault =
        catchThrowable(
            () ->
                Jdbi.create(h2)
                    .useHandle(
                        handle -> {
                          handle.execute("SHUTDOWN");
                          handle.execute("SELECT 1");
                        }));

    assertThat(LedgerFault.isAway(fault)).isTrue();
  }

  /** Server shutting down, out of connections, deadlock, no such table, H2 closed, lock timeout. */
  @ParameterizedTest
  @ValueSource(strings = {"57P01", "53300", "40P01", "42P01", "90098", "HYT00"})
  void whatMayPassIsNotTheEntrysFault(String sqlState) {
    RuntimeException fault = new IllegalStateException(new SQLException("no", sqlState));

    assertThat(LedgerFault.isOfTheEntry(fault)).isFalse();
    assertThat(LedgerFault.isOfTheEntry(new IllegalStateException(new SQLException("no"))))
        .isFalse();
  }

  @Test
  void aFailureOfOurOwnCodeIsTheEntrysFaultAndAnErrorIsNot() {
    assertThat(LedgerFault.isOfTheEntry(new IllegalArgumentException("odd"))).isTrue();
    assertThat(LedgerFault.isOfTheEntry(new OutOfMemoryError())).isFalse();
  }
}

package dev.concierge.ledger;

import static dev.concierge.call.SampleCalls.NOON;
import static dev.concierge.call.SampleCalls.conversationEnded;
import static dev.concierge.call.SampleCalls.entry;
import static dev.concierge.call.SampleCalls.requested;
import static dev.concierge.call.SampleCalls.status;
import static dev.concierge.call.SampleCalls.turn;
import static java.lang.ClassLoader.getPlatformClassLoader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.FactSource;
import dev.concierge.call.Turn.Speaker;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

  @Test
  void instancesThatStartAtOnceTakeTurns() {
    DataSource database = TestDatabase.blankPostgres("at_once");

    List<CompletableFuture<Void>> starts =
        Stream.generate(() -> CompletableFuture.runAsync(() -> startAnInstance(database)))
            .limit(2)
            .toList();

    assertThat(starts).allSatisfy(start -> assertThat(start).succeedsWithin(Duration.ofMinutes(1)));
    assertThat(new CallHistory(Jdbi.create(database)).find(CallId.random())).isEmpty();
  }

  @Test
  void anInstanceThatDiedInTheMiddleDoesNotKeepOthersFromStarting() {
    for (DataSource database :
        List.of(
            TestDatabase.blankPostgres("left_locked"),
            TestDatabase.h2("mem:left_locked;DB_CLOSE_DELAY=-1"))) {
      Migrations.run(database);
      Jdbi jdbi = Jdbi.create(database);
      jdbi.useHandle(
          handle -> {
            handle.execute("DELETE FROM databasechangelog WHERE id = 'history-of-earlier-calls'");
            handle.execute(
                "UPDATE databasechangeloglock SET locked = TRUE, lockedby = 'the dead',"
                    + " lockgranted = CURRENT_TIMESTAMP");
          });

      Migrations.run(database);

      assertThat(new CallHistory(jdbi).find(CallId.random())).isEmpty();
    }
  }

  @Test
  void anInstanceWhoseConnectionsLiveOnDoesNotKeepOthersFromStarting() {
    DataSource database = TestDatabase.blankPostgres("kept_open");
    var pool = new org.apache.tomcat.jdbc.pool.DataSource();
    pool.setDataSource(database);
    Migrations.run(pool);
    assertThat(pool.getIdle()).isPositive();

    Migrations.run(database);
    pool.close();

    assertThat(new CallHistory(Jdbi.create(database)).find(CallId.random())).isEmpty();
  }

  /** Liquibase shares its lock within a process, so each instance gets classes of its own. */
  private static void startAnInstance(DataSource database) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader instance = new URLClassLoader(classPath(), getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(instance);
      instance
          .loadClass(Migrations.class.getName())
          .getMethod("run", DataSource.class)
          .invoke(null, database);
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static URL[] classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(MigrationsTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String file) {
    try {
      return Path.of(file).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void historySurvivesARestart(@TempDir Path folder) {
    String place = "file:" + folder.resolve("concierge");
    DataSource before = TestDatabase.h2(place);
    Migrations.run(before);
    Call call =
        new JdbiCallLedger(Jdbi.create(before), Clock.systemUTC())
            .open(requested(CallId.random(), NOON));

    // The last connection is closed, and so is the file: this opens it again.
    DataSource after = TestDatabase.h2(place + ";IFEXISTS=TRUE");
    Migrations.run(after);

    assertThat(new CallHistory(Jdbi.create(after)).find(call.id())).contains(call);
  }

  @Test
  void callsOfAnEarlierVersionAreCountedAndFoundLikeNewOnes() {
    for (DataSource database :
        List.of(
            TestDatabase.blankPostgres("earlier"),
            TestDatabase.h2("mem:earlier;DB_CLOSE_DELAY=-1"))) {
      assertEarlierCallsAreBackfilled(database);
    }
  }

  private static void assertEarlierCallsAreBackfilled(DataSource database) {
    Migrations.run(database);
    Jdbi jdbi = Jdbi.create(database);
    JdbiCallLedger ledger = new JdbiCallLedger(jdbi, Clock.systemUTC());
    CallId id = ledger.open(requested(CallId.random(), NOON)).id();
    FactSource line = FactSource.bridge("MZ1");
    ledger.append(entry(id, line, 1, NOON, turn(Speaker.HOST, "A table?", 0)));
    ledger.append(entry(id, line, 2, NOON, conversationEnded(EndedReason.SILENCE)));
    HistoryFilter filter =
        new HistoryFilter(
            Set.of(),
            null,
            null,
            null,
            "chez",
            null,
            null,
            Set.of("table"),
            Map.of("order", "a-1"));
    CallReports reports = new CallReports(jdbi);
    CallTotals before = reports.summary(filter, null, ZoneOffset.UTC).total();
    assertThat(before.calls()).isOne();

    jdbi.useHandle(
        handle -> {
          handle.execute("UPDATE calls SET talk_ms = NULL, response_ms = NULL, barge_ins = NULL");
          handle.execute("DELETE FROM call_terms");
          handle.execute("DELETE FROM restaurants");
          handle.execute("DELETE FROM databasechangelog WHERE id = 'history-of-earlier-calls'");
        });
    assertThat(reports.summary(filter, null, ZoneOffset.UTC).total()).isNotEqualTo(before);
    Migrations.run(database);

    assertThat(reports.summary(filter, null, ZoneOffset.UTC).total()).isEqualTo(before);
  }

  @Test
  void callsOfAnEarlierVersionThatWereCompletedWereAnswered() {
    DataSource database = TestDatabase.h2("mem:answered;DB_CLOSE_DELAY=-1");
    Migrations.run(database);
    Jdbi jdbi = Jdbi.create(database);
    JdbiCallLedger ledger = new JdbiCallLedger(jdbi, Clock.systemUTC());
    CallId id = ledger.open(requested(CallId.random(), NOON)).id();
    ledger.append(entry(id, FactSource.CARRIER_STATUS, 1, NOON, status(CallStatus.COMPLETED)));
    jdbi.useHandle(
        handle -> {
          handle.execute("UPDATE calls SET answered = FALSE");
          handle.execute("DELETE FROM databasechangelog WHERE id = 'answered-when-completed'");
        });

    Migrations.run(database);

    assertThat(new Verification(jdbi).of(id).orElseThrow().flaw()).isNull();
  }

  @Test
  void aDatabaseThatCannotBeReachedIsSaidSo() {
    JdbcDataSource nowhere = new JdbcDataSource();
    nowhere.setUrl("jdbc:h2:tcp://127.0.0.1:1/nowhere");

    assertThatThrownBy(() -> Migrations.run(nowhere))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("could not be brought up to date");
  }
}

package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.SampleCalls;
import dev.concierge.ledger.JdbiCallLedger;
import dev.concierge.ledger.Migrations;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify config.yml}, as a user runs it. */
@Timeout(180)
class VerifyIT {

  private static final String CONFIG = Path.of("config.yml").toAbsolutePath().toString();

  @TempDir Path folder;

  private String url;
  private Jdbi jdbi;
  private final CallId id = CallId.random();

  @BeforeEach
  void tellOfACall() {
    url = "jdbc:h2:" + folder.resolve("calls") + ";MODE=PostgreSQL";
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl(url);
    database.setUser("concierge");
    Migrations.run(database);
    jdbi = Jdbi.create(database);
    LedgerEntry requested = SampleCalls.requested(id, SampleCalls.NOON);
    CallLedger ledger = new JdbiCallLedger(jdbi, Clock.systemUTC());
    ledger.open(requested);
  }

  @Test
  void aLedgerThatIsWholeIsSaidSo() throws Exception {
    try (JarProcess verify =
        new JarProcess(folder, Map.of("DATABASE_URL", url), "verify", CONFIG)) {
      assertThat(verify.exitCode()).as(verify.output()).isZero();
      assertThat(verify.output()).contains("History is whole: 1 calls, 1 facts.");
    }
  }

  @Test
  void theFirstFlawIsNamedAndTheExitCodeTellsOfIt() throws Exception {
    jdbi.useHandle(handle -> handle.execute("UPDATE facts SET body = '{}'"));

    try (JarProcess verify =
        new JarProcess(folder, Map.of("DATABASE_URL", url), "verify", CONFIG)) {
      assertThat(verify.exitCode()).isEqualTo(1);
      assertThat(verify.output())
          .contains(
              "History is not whole: fact_changed at call " + id + ", source desk, sequence 0.")
          .doesNotContain("Exception");
    }
  }
}

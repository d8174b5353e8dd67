package dev.concierge.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The databases that the ledger runs on, each started once in a JVM and brought up to date by the
 * real migrations.
 */
public enum TestDatabase {
  H2 {
    @Override
    DataSource start() {
      return h2("mem:ledger;DB_CLOSE_DELAY=-1");
    }
  },
  POSTGRESQL {
    @Override
    DataSource start() {
      return postgres().getPostgresDatabase();
    }
  };

  private static EmbeddedPostgres postgres;

  private DataSource database;

  abstract DataSource start();

  /** This database with all the tables and not one row. Every handle opens its own connection. */
  public synchronized Jdbi emptied() {
    if (database == null) {
      database = start();
      Migrations.run(database);
    }
    Jdbi jdbi = Jdbi.create(database);
    jdbi.useHandle(
        handle -> {
          handle.execute("DELETE FROM facts");
          handle.execute("DELETE FROM calls");
          handle.execute("DELETE FROM orphan_callbacks");
        });
    return jdbi;
  }

  /** An H2 database by the part of its URL that tells where it is. */
  static DataSource h2(String place) {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setUrl("jdbc:h2:" + place + ";MODE=PostgreSQL");
    return h2;
  }

  /** The one server of this JVM; it ends with it. */
  static synchronized EmbeddedPostgres postgres() {
    try {
      postgres = postgres == null ? EmbeddedPostgres.start() : postgres;
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

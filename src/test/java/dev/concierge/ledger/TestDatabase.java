package dev.concierge.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The databases that the ledger runs on, each started once in a JVM and given its tables by the
 * real migrations.
 */
public enum TestDatabase {
  H2 {
    @Override
    DataSource database() {
      return InMemory.DATABASE;
    }
  },
  POSTGRESQL {
    @Override
    DataSource database() {
      return Server.DATABASE;
    }
  };

  /** This database with all the tables, whatever is in them. */
  abstract DataSource database();

  /** This database with all the tables and not one row. Every handle opens its own connection. */
  public Jdbi emptied() {
    Jdbi jdbi = Jdbi.create(database());
    jdbi.useHandle(
        handle -> {
          handle.execute("DELETE FROM idempotency_keys");
          handle.execute("DELETE FROM facts");
          handle.execute("DELETE FROM calls");
          handle.execute("DELETE FROM call_terms");
          handle.execute("DELETE FROM restaurants");
          handle.execute("DELETE FROM orphan_callbacks");
        });
    return jdbi;
  }

  /** A PostgreSQL database without a table. */
  static DataSource blankPostgres(String name) {
    Jdbi.create(Server.DATABASE).useHandle(handle -> handle.execute("CREATE DATABASE " + name));
    return Server.POSTGRES.getDatabase("postgres", name);
  }

  /** An H2 database by the part of its URL that tells where it is. */
  static DataSource h2(String place) {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setUrl("jdbc:h2:" + place + ";MODE=PostgreSQL");
    return h2;
  }

  private static DataSource migrated(DataSource database) {
    Migrations.run(database);
    return database;
  }

  private static final class InMemory {
    static final DataSource DATABASE = migrated(h2("mem:ledger;DB_CLOSE_DELAY=-1"));
  }

  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();
    static final DataSource DATABASE = migrated(POSTGRES.getPostgresDatabase());

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

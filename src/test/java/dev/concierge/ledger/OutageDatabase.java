package dev.concierge.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** A database behind a socket, whose server can be ended and started again with all its data. */
abstract class OutageDatabase implements AutoCloseable {

  /** The databases that the ledger runs on. */
  enum Kind {
    H2 {
      @Override
      OutageDatabase start() throws Exception {
        return new H2Server();
      }
    },
    POSTGRESQL {
      @Override
      OutageDatabase start() throws Exception {
        return new PostgresServer();
      }
    };

    abstract OutageDatabase start() throws Exception;
  }

  final Path folder;

  private OutageDatabase() throws IOException {
    folder = Files.createTempDirectory("outage");
  }

  abstract Jdbi jdbi();

  abstract void goAway() throws Exception;

  abstract void comeBack() throws Exception;

  @Override
  public void close() throws Exception {
    goAway();
  }

  private static Jdbi migrated(DataSource source) {
    Migrations.run(source);
    return Jdbi.create(source);
  }

  private static final class H2Server extends OutageDatabase {
    private final Jdbi jdbi;
    private final int port;
    private Server server;

    H2Server() throws Exception {
      server = serve(0);
      port = server.getPort();
      JdbcDataSource source = new JdbcDataSource();
      source.setUrl("jdbc:h2:tcp://127.0.0.1:" + port + "/calls;MODE=PostgreSQL");
      jdbi = migrated(source);
    }

    private Server serve(int atPort) throws SQLException {
      return Server.createTcpServer(
              "-tcpPort", String.valueOf(atPort), "-baseDir", folder.toString(), "-ifNotExists")
          .start();
    }

    @Override
    Jdbi jdbi() {
      return jdbi;
    }

    @Override
    void goAway() {
      server.stop();
    }

    @Override
    void comeBack() throws SQLException {
      server = serve(port);
    }
  }

  private static final class PostgresServer extends OutageDatabase {
    private final Jdbi jdbi;
    private final int port;
    private EmbeddedPostgres server;

    PostgresServer() throws Exception {
      server =
          EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(false).start();
      port = server.getPort();
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setPortNumbers(new int[] {port});
      source.setUser("postgres");
      jdbi = migrated(source);
    }

    @Override
    Jdbi jdbi() {
      return jdbi;
    }

    @Override
    void goAway() throws IOException {
      server.close();
    }

    @Override
    void comeBack() throws IOException {
      server =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(folder)
              .setCleanDataDirectory(false)
              .start();
    }
  }
}

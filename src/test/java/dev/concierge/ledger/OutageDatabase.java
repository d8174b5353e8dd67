package dev.concierge.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.jdbi.v3.core.Jdbi;

/** A database behind a socket, whose server can be ended and started again. */
final class OutageDatabase implements AutoCloseable {

  private final Path folder;
  private final Jdbi jdbi;
  private final int port;
  private Server server;

  private OutageDatabase(Path folder) throws SQLException {
    this.folder = folder;
    this.server = serve(0);
    this.port = server.getPort();
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl("jdbc:h2:tcp://127.0.0.1:" + port + "/calls;MODE=PostgreSQL");
    Migrations.run(source);
    this.jdbi = Jdbi.create(source);
  }

  static OutageDatabase start() throws Exception {
    return new OutageDatabase(Files.createTempDirectory("outage"));
  }

  private Server serve(int atPort) throws SQLException {
    return Server.createTcpServer(
            "-tcpPort", String.valueOf(atPort), "-baseDir", folder.toString(), "-ifNotExists")
        .start();
  }

  Jdbi jdbi() {
    return jdbi;
  }

  void goAway() {
    server.stop();
  }

  void comeBack() throws SQLException {
    server = serve(port);
  }

  @Override
  public void close() {
    server.stop();
  }
}

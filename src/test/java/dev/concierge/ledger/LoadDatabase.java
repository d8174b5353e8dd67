package dev.concierge.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A large database by the word that a command was given: {@code h2:FOLDER}, {@code
 * postgresql:FOLDER} for an embedded server that keeps its data there, or the JDBC URL of a running
 * PostgreSQL.
 */
public record LoadDatabase(DataSource source, String url, boolean isH2, AutoCloseable server)
    implements AutoCloseable {

  public static LoadDatabase open(String word) throws IOException {
    if (word.startsWith("h2:")) {
      String url = "jdbc:h2:file:" + folder(word).resolve("concierge") + ";MODE=PostgreSQL";
      JdbcConnectionPool pool = JdbcConnectionPool.create(url, "concierge", "");
      return new LoadDatabase(migrated(pool), url, true, pool::dispose);
    }
    if (word.startsWith("postgresql:")) {
      EmbeddedPostgres server = start(folder(word));
      String url = server.getJdbcUrl("postgres", "postgres");
      return new LoadDatabase(migrated(server.getPostgresDatabase()), url, false, server);
    }
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setUrl(word);
    return new LoadDatabase(migrated(postgres), word, false, () -> {});
  }

  private static Path folder(String word) {
    return Path.of(word.substring(word.indexOf(':') + 1)).toAbsolutePath();
  }

  /** Settings of a small server; the defaults are those of a very small one. */
  private static EmbeddedPostgres start(Path folder) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        .setServerConfig("shared_buffers", "1GB")
        .setServerConfig("maintenance_work_mem", "1GB")
        .setServerConfig("max_wal_size", "8GB")
        .start();
  }

  private static DataSource migrated(DataSource source) {
    Migrations.run(source);
    return source;
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}

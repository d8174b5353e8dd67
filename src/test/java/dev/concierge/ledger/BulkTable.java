package dev.concierge.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Takes rows of one table as fast as the database can. For one thread. */
interface BulkTable extends AutoCloseable {

  /** Adds a row of the table's columns. */
  void add(List<?> values) throws IOException, SQLException;

  @Override
  void close() throws IOException, SQLException;

  static BulkTable open(LoadDatabase database, String table, List<String> columns)
      throws SQLException {
    Connection connection = database.source().getConnection();
    try (Statement settings = connection.createStatement()) {
      // The rows refer to others that come at the same time.
      settings.execute(
          database.isH2()
              ? "SET REFERENTIAL_INTEGRITY FALSE"
              : "SET session_replication_role = replica");
    }
    return database.isH2()
        ? new Batches(connection, table, columns)
        : new Copy(connection, table, columns);
  }

  /** PostgreSQL's COPY. */
  final class Copy implements BulkTable {
    private final Connection connection;
    private final PGCopyOutputStream out;

    Copy(Connection connection, String table, List<String> columns) throws SQLException {
      this.connection = connection;
      String sql = "COPY %s (%s) FROM STDIN".formatted(table, String.join(", ", columns));
      out = new PGCopyOutputStream(connection.unwrap(PGConnection.class), sql, 1 << 16);
    }

    @Override
    public void add(List<?> values) throws IOException {
      StringBuilder line = new StringBuilder();
      for (Object value : values) {
        line.append(line.isEmpty() ? "" : "\t").append(value == null ? "\\N" : escaped(value));
      }
      out.write(line.append('\n').toString().getBytes(UTF_8));
    }

    private static String escaped(Object value) {
      return value.toString().replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    @Override
    public void close() throws IOException, SQLException {
      out.close();
      connection.close();
    }
  }

  /** Inserts in batches. */
  final class Batches implements BulkTable {
    private static final int ROWS = 5_000;

    private final Connection connection;
    private final PreparedStatement insert;
    private int waiting;

    Batches(Connection connection, String table, List<String> columns) throws SQLException {
      this.connection = connection;
      connection.setAutoCommit(false);
      String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
      insert =
          connection.prepareStatement(
              "INSERT INTO %s (%s) VALUES (%s)"
                  .formatted(table, String.join(", ", columns), marks));
    }

    @Override
    public void add(List<?> values) throws SQLException {
      for (int i = 0; i < values.size(); i++) {
        Object value = values.get(i);
        insert.setObject(
            i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
      }
      insert.addBatch();
      if (++waiting == ROWS) {
        write();
      }
    }

    private void write() throws SQLException {
      insert.executeBatch();
      connection.commit();
      waiting = 0;
    }

    @Override
    public void close() throws SQLException {
      write();
      connection.close();
    }
  }
}

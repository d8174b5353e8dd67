package dev.concierge.resources;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.LoadDatabase;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;

/**
 * Measures how fast a seeded ledger is exported, all of it, into nothing: {@code ExportMeasure
 * DATABASE}, with a {@link LoadDatabase}. Run it with the heap that it is to be measured with.
 */
final class ExportMeasure {

  private ExportMeasure() {}

  public static void main(String[] arguments) throws Exception {
    try (LoadDatabase database = LoadDatabase.open(arguments[0])) {
      CallHistory history = new CallHistory(Jdbi.create(database.source().getConnection()));
      for (String format : List.of("ndjson", "csv")) {
        measure(history, format);
      }
    }
  }

  private static void measure(CallHistory history, String format) throws IOException {
    ExportQuery query = ExportQuery.read(Map.of("format", List.of(format)));
    ObjectMapper json = Jackson.newObjectMapper();
    Lines lines = new Lines();
    long begun = System.nanoTime();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    new ExportStream(query, history, json, reader).write(lines);
    reader.shutdown();
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "%s: %d lines, %d MB in %.1f s: %.0f lines a second, of %d MB of heap%n",
        format,
        lines.lines,
        lines.bytes / 1_000_000,
        seconds,
        lines.lines / seconds,
        Runtime.getRuntime().maxMemory() / 1_000_000);
  }

  /** Counts what is written. */
  private static final class Lines extends OutputStream {
    private long lines;
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
      lines += b == '\n' ? 1 : 0;
    }

    @Override
    public void write(byte[] written, int offset, int length) {
      bytes += length;
      for (int i = offset; i < offset + length; i++) {
        lines += written[i] == '\n' ? 1 : 0;
      }
    }
  }
}

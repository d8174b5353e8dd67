package dev.concierge.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.call.Call;
import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.CallHistory.Page;
import dev.concierge.ledger.CallHistory.Position;
import dev.concierge.resources.ExportQuery.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Writes page after page on the request's thread, while the next one is read on another, because
 * the database and the client are waited for in turn otherwise. Holds two pages at a time.
 */
final class ExportStream {

  private final ExportQuery query;
  private final CallHistory history;
  private final ObjectMapper json;
  private final Executor readers;

  /**
   * @param readers where the next page is read, one at a time for each stream
   */
  ExportStream(ExportQuery query, CallHistory history, ObjectMapper json, Executor readers) {
    this.query = query;
    this.history = history;
    this.json = json;
    this.readers = readers;
  }

  void write(OutputStream out) throws IOException {
    // Before a byte is written: a database that is away is a problem, not an answer that breaks
    // off.
    Page page = query.page(history, null);
    if (query.format() == Format.CSV) {
      out.write(CallCsv.header().getBytes(UTF_8));
    }
    while (page.next() != null) {
      Position next = page.next();
      var ahead = CompletableFuture.supplyAsync(() -> query.page(history, next), readers);
      try {
        writePage(page, out);
      } finally {
        // Also when the client has left: who ends has nothing read any more.
        ahead.handle((read, fault) -> true).join();
      }
      page = join(ahead);
    }
    writePage(page, out);
  }

  private static Page join(CompletableFuture<Page> ahead) {
    try {
      return ahead.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void writePage(Page page, OutputStream out) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Call call : page.calls()) {
      lines.append(line(CallView.of(call)));
    }
    out.write(lines.toString().getBytes(UTF_8));
  }

  private String line(CallView call) throws IOException {
    return query.format() == Format.CSV ? CallCsv.line(call) : json.writeValueAsString(call) + "\n";
  }
}

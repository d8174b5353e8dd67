package dev.concierge.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.call.Call;
import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.CallHistory.Page;
import dev.concierge.resources.ExportQuery.Format;
import java.io.IOException;
import java.io.OutputStream;

/** Writes page after page, and holds one of them at a time. Runs on the request's thread. */
final class ExportStream {

  private final ExportQuery query;
  private final CallHistory history;
  private final ObjectMapper json;

  ExportStream(ExportQuery query, CallHistory history, ObjectMapper json) {
    this.query = query;
    this.history = history;
    this.json = json;
  }

  void write(OutputStream out) throws IOException {
    // Before a byte is written: a database that is away is a problem, not an answer that breaks
    // off.
    Page page = query.page(history, null);
    if (query.format() == Format.CSV) {
      out.write(CallCsv.header().getBytes(UTF_8));
    }
    writePage(page, out);
    while (page.next() != null) {
      page = query.page(history, page.next());
      writePage(page, out);
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

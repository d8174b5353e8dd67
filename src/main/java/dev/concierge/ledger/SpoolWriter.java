package dev.concierge.ledger;

import com.codahale.metrics.Counter;
import dev.concierge.call.CallLedger;
import dev.concierge.call.CallLedger.Append;
import dev.concierge.call.LedgerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a {@link FactSpool}'s entries to the ledger. What the ledger rejects for its own sake, so
 * that trying again would not help, is kept apart in a file, and does not hold up the others.
 */
final class SpoolWriter {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);

  private final CallLedger ledger;
  private final Path rejected;
  private final Counter rejections;

  SpoolWriter(CallLedger ledger, Path rejected, Counter rejections) {
    this.ledger = ledger;
    this.rejected = rejected;
    this.rejections = rejections;
  }

  /**
   * Whether the lines are dealt with, in one transaction; {@code false} if the ledger is away or
   * has something against one of them, and they are to be written one by one.
   */
  boolean writeAll(List<byte[]> lines) {
    try {
      List<LedgerEntry> entries = lines.stream().map(SpoolLine::read).toList();
      List<Append> results = ledger.appendAll(entries);
      for (int i = 0; i < results.size(); i++) {
        warnOfUnknownCall(entries.get(i), results.get(i));
      }
      return true;
    } catch (RuntimeException | Error e) {
      LOG.info("{} facts are written one by one: {}", lines.size(), LedgerFault.describe(e));
      return false;
    }
  }

  private static void warnOfUnknownCall(LedgerEntry entry, Append result) {
    if (result == Append.UNKNOWN_CALL) {
      LOG.warn("The ledger knows no call for a fact {}", name(entry));
    }
  }

  /** Whether the line is dealt with; {@code false} if the ledger is away. */
  boolean write(byte[] line) {
    LedgerEntry entry;
    try {
      entry = SpoolLine.read(line);
    } catch (IllegalArgumentException e) {
      keepApart(line, "a line that cannot be read");
      return true;
    }
    return write(entry);
  }

  /** Whether the entry is dealt with; {@code false} if the ledger is away. */
  boolean write(LedgerEntry entry) {
    try {
      warnOfUnknownCall(entry, ledger.append(entry));
      return true;
    } catch (RuntimeException | Error e) {
      String fault = LedgerFault.describe(e);
      if (LedgerFault.isOfTheEntry(e)) {
        byte[] line = SpoolLine.write(entry);
        keepApart(Arrays.copyOf(line, line.length - 1), name(entry) + ": " + fault);
        return true;
      }
      LOG.warn("The ledger is away: {}", fault);
      return false;
    }
  }

  private void keepApart(byte[] line, String what) {
    rejections.inc();
    try (SpoolFile file = SpoolFile.open(rejected)) {
      byte[] whole = Arrays.copyOf(line, line.length + 1);
      whole[line.length] = '\n';
      file.append(List.of(whole));
      LOG.error("Rejected a fact, which is now in {}: {}", rejected, what);
    } catch (IOException e) {
      LOG.error("Rejected a fact, and lost it because of {}: {}", e.getClass().getName(), what);
    }
  }

  /** An entry without what was said in it. */
  static String name(LedgerEntry entry) {
    return FactKinds.wordFor(entry.fact())
        + " of call "
        + entry.callId()
        + " from "
        + entry.source().name();
  }
}

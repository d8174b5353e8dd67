package dev.concierge.ledger;

import dev.concierge.call.CallLedger;
import dev.concierge.call.FactSink;
import dev.concierge.call.LedgerEntry;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the conversations and the ledger: takes facts at once, and writes them from one
 * thread of its own in the order they came.
 *
 * <p>While the ledger is away the facts are kept in memory and written when it is back. An entry
 * that is rejected for its own sake is skipped, so that it does not hold up the others; when the
 * queue is full a new entry is lost. Both are counted and logged, by kinds and ids only.
 *
 * <p>Every method may be called from any thread. Start it once; stop it after whatever records into
 * it and before the database.
 */
public final class FactSpool implements FactSink, Managed {

  private static final Logger LOG = LoggerFactory.getLogger(FactSpool.class);

  /** Some minutes of a busy instance, in a few megabytes. */
  private static final int CAPACITY = 10_000;

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

  /** How long a write that is under way may take after that. */
  private static final Duration LAST_WRITE_LIMIT = Duration.ofSeconds(2);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Losses come by the thousand when they come: one line in the log speaks for so many. */
  private static final int LOSSES_PER_LINE = 100;

  private final CallLedger ledger;
  private final SpoolQueue queue;
  private final Duration drainLimit;
  private final Thread writer = new Thread(this::writeAll, "fact-spool");
  private final AtomicLong dropped = new AtomicLong();

  public FactSpool(CallLedger ledger) {
    this(ledger, CAPACITY, DRAIN_LIMIT);
  }

  FactSpool(CallLedger ledger, int capacity, Duration drainLimit) {
    this.ledger = ledger;
    this.queue = new SpoolQueue(capacity);
    this.drainLimit = drainLimit;
    // A database that never answers must not keep the process alive.
    writer.setDaemon(true);
  }

  @Override
  public void start() {
    writer.start();
  }

  @Override
  public void record(LedgerEntry entry) {
    if (!queue.offer(entry)) {
      drop(entry);
    }
  }

  private void drop(LedgerEntry entry) {
    if (dropped.getAndIncrement() % LOSSES_PER_LINE == 0) {
      LOG.error(
          "The spool is full or stopped: lost a fact {}; {} lost so far", name(entry), dropped());
    }
  }

  /**
   * Writes what is queued, for ten seconds at most. The thread that writes is never interrupted: an
   * interrupt amid its file access would close an H2 database.
   */
  @Override
  public void stop() throws InterruptedException {
    queue.awaitEmpty(drainLimit);
    queue.close();
    writer.join(LAST_WRITE_LIMIT.toMillis());
    List<LedgerEntry> lost = queue.rest();
    if (!lost.isEmpty()) {
      dropped.addAndGet(lost.size());
      LOG.error(
          "Stopped while the ledger was away: lost {} facts of the calls {}",
          lost.size(),
          lost.stream().map(LedgerEntry::callId).distinct().toList());
    }
  }

  /** How many entries are not written yet. */
  public int pending() {
    return queue.size();
  }

  /** How many entries were lost since the start, for want of room or because they were rejected. */
  public long dropped() {
    return dropped.get();
  }

  /** Waits until nothing is pending; {@code false} if that took longer than the limit. */
  public boolean awaitDrained(Duration limit) throws InterruptedException {
    return queue.awaitEmpty(limit);
  }

  private void writeAll() {
    Duration pause = FIRST_PAUSE;
    try {
      for (LedgerEntry entry = queue.head(); entry != null; entry = queue.head()) {
        if (write(entry, pause)) {
          queue.removeHead();
          pause = FIRST_PAUSE;
        } else {
          queue.pause(pause);
          pause = longer(pause);
        }
      }
    } catch (InterruptedException e) {
      LOG.error("The spool was interrupted and writes no more", e);
    }
  }

  /** Whether the entry is dealt with: written, or rejected for good. */
  private boolean write(LedgerEntry entry, Duration pause) {
    try {
      if (ledger.append(entry) == CallLedger.Append.UNKNOWN_CALL) {
        LOG.warn("The ledger knows no call for a fact {}", name(entry));
      }
      return true;
    } catch (RuntimeException | Error e) {
      String fault = LedgerFault.describe(e);
      if (LedgerFault.isOfTheEntry(e)) {
        dropped.incrementAndGet();
        LOG.error("The ledger rejected a fact {}: {}", name(entry), fault);
        return true;
      }
      LOG.warn("The ledger is away, {} facts wait; next try in {}: {}", pending(), pause, fault);
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** An entry without what was said in it. */
  private static String name(LedgerEntry entry) {
    return FactKinds.wordFor(entry.fact())
        + " of call "
        + entry.callId()
        + " from "
        + entry.source().name();
  }
}

package dev.concierge.ledger;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.concierge.call.CallLedger;
import dev.concierge.call.FactSink;
import dev.concierge.call.LedgerEntry;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between those who must not wait and the ledger: takes facts at once, keeps them in a file,
 * and writes them to the ledger in the order they came.
 *
 * <p>A queue in memory leads to the file, which one thread fills, and another one empties it into
 * the ledger: so a ledger that is away, or hangs, costs nothing but disk, and what is in the file
 * is written after a restart. A fact that is written twice counts once. Should the disk fail, facts
 * go straight to the ledger. A fact is lost only when the queue is full: because the disk and the
 * ledger both fail, or more come at once than it holds. Losses are counted and logged, by kinds and
 * ids only.
 *
 * <p>Every method may be called from any thread. Start it once; stop it after whatever records into
 * it and before the database.
 */
public final class FactSpool implements FactSink, Managed {

  private static final Logger LOG = LoggerFactory.getLogger(FactSpool.class);

  /**
   * What several hundred calls tell when they all end at once, and a slow disk takes in seconds;
   * tens of megabytes.
   */
  private static final int CAPACITY = 50_000;

  private static final int BATCH = 500;
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_MS = 100;

  /** Facts that come within so long are written together, which is far cheaper than one by one. */
  private static final Duration GATHERING = Duration.ofMillis(50);

  /** The same while many calls run: their record is that much later, and costs half. */
  private static final Duration BUSY_GATHERING = Duration.ofMillis(250);

  /** A group that large tells of many calls. */
  private static final int BUSY_GROUP = 4;

  /** About as many as the file shows at a time: to wait for more would be in vain. */
  private static final int FULL_GROUP = 150;

  /** Losses come by the thousand when they come: one line in the log speaks for so many. */
  private static final int LOSSES_PER_LINE = 100;

  private final SpoolQueue queue;
  private final SpoolFile file;
  private final SpoolWriter writer;
  private final Duration drainLimit;
  private final Counter lost;
  private final Counter diskFaults;

  // Used by the emptying thread alone.
  private int lastGroup;

  private final Thread filling = new Thread(this::fill, "fact-spool-file");
  private final Thread emptying = new Thread(this::empty, "fact-spool");

  /**
   * @param file where facts wait; what the ledger rejects goes beside it, in {@code .rejected}. For
   *     one process at a time.
   * @param metrics shows what waits, and counts what was lost or rejected, and the disk's faults
   * @throws java.nio.file.FileSystemException if another process uses the file
   */
  public FactSpool(CallLedger ledger, Path file, MetricRegistry metrics) throws IOException {
    this(ledger, SpoolFile.open(file), Path.of(file + ".rejected"), metrics, CAPACITY, DRAIN_LIMIT);
  }

  FactSpool(
      CallLedger ledger,
      SpoolFile file,
      Path rejected,
      MetricRegistry metrics,
      int capacity,
      Duration drainLimit) {
    this.queue = new SpoolQueue(capacity);
    this.file = file;
    Counter rejections = metrics.counter(MetricRegistry.name(FactSpool.class, "rejected"));
    this.writer = new SpoolWriter(ledger, rejected, rejections);
    this.drainLimit = drainLimit;
    this.lost = metrics.counter(MetricRegistry.name(FactSpool.class, "lost"));
    this.diskFaults = metrics.counter(MetricRegistry.name(FactSpool.class, "disk-faults"));
    Gauge<Long> waiting = this::pending;
    metrics.gauge(MetricRegistry.name(FactSpool.class, "pending"), () -> waiting);
    // A disk or a database that never answers must not keep the process alive.
    filling.setDaemon(true);
    emptying.setDaemon(true);
  }

  @Override
  public void start() {
    if (file.lines() > 0) {
      LOG.info("{} facts of the last run are written to the ledger", file.lines());
    }
    filling.start();
    emptying.start();
  }

  @Override
  public void record(LedgerEntry entry) {
    if (!queue.offer(entry)) {
      lose(List.of(entry));
    }
  }

  /**
   * Takes no more. What was taken goes to the file, and from there to the ledger unless that is
   * away; the rest waits for the next start. Ten seconds at most for either. The threads are never
   * interrupted: an interrupt amid its file access would close an H2 database.
   */
  @Override
  public void stop() throws InterruptedException {
    queue.close();
    filling.join(drainLimit.toMillis());
    emptying.join(drainLimit.toMillis());
    long rest = pending();
    if (rest > 0) {
      LOG.warn("Stopped while the ledger was away: {} facts wait for the next start", rest);
    }
    try {
      file.close();
    } catch (IOException e) {
      diskFaults.inc();
      LOG.error("The spool's file could not be closed: {}", e.getClass().getName());
    }
  }

  /** How many entries are not written to the ledger yet. */
  public long pending() {
    return queue.size() + file.lines();
  }

  /** How many entries were lost since the start. */
  public long lost() {
    return lost.getCount();
  }

  private void lose(List<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      if (lost.getCount() % LOSSES_PER_LINE == 0) {
        LOG.error("The spool is full or stopped: lost a fact {}", SpoolWriter.name(entry));
      }
      lost.inc();
    }
  }

  private void fill() {
    try {
      for (List<LedgerEntry> batch = queue.oldest(BATCH);
          !batch.isEmpty();
          batch = queue.oldest(BATCH)) {
        Duration pause = FIRST_PAUSE;
        while (!keep(batch)) {
          if (!queue.pause(pause)) {
            lose(batch);
            break;
          }
          pause = longer(pause);
        }
        queue.remove(batch.size());
      }
    } catch (InterruptedException e) {
      LOG.error("The spool was interrupted and keeps no more", e);
    }
  }

  /** Whether the entries are on the disk, or where that fails, in the ledger. */
  private boolean keep(List<LedgerEntry> batch) {
    try {
      file.append(batch.stream().map(SpoolLine::write).toList());
      return true;
    } catch (IOException e) {
      diskFaults.inc();
      LOG.error("The spool's file takes no facts: {}", e.getClass().getName());
      return batch.stream().allMatch(writer::write);
    }
  }

  private void empty() {
    Duration pause = FIRST_PAUSE;
    try {
      while (filling.isAlive() || file.lines() > 0) {
        file.awaitLine(LOOK_AGAIN_MS);
        gather();
        if (wroteOldest()) {
          pause = FIRST_PAUSE;
        } else if (queue.pause(pause)) {
          pause = longer(pause);
        } else {
          filling.join();
          return;
        }
      }
    } catch (InterruptedException e) {
      LOG.error("The spool was interrupted and writes no more", e);
    }
  }

  private void gather() throws InterruptedException {
    if (file.lines() < FULL_GROUP) {
      queue.pause(lastGroup < BUSY_GROUP ? GATHERING : BUSY_GATHERING);
    }
  }

  /** Whether all went well; {@code false} if the ledger or the disk is to be tried again. */
  private boolean wroteOldest() {
    try {
      List<byte[]> lines = file.oldest();
      lastGroup = lines.size();
      boolean atOnce = lines.size() > 1 && writer.writeAll(lines);
      for (byte[] line : lines) {
        if (!atOnce && !writer.write(line)) {
          return false;
        }
        file.remove(line);
      }
      return true;
    } catch (IOException e) {
      diskFaults.inc();
      LOG.error("The spool's file cannot be read: {}", e.getClass().getName());
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}

package dev.concierge.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines that wait on the disk, oldest first. One line outlives the death of the process as soon as
 * {@link #append} has returned, and a power cut, too.
 *
 * <p>Lines are taken away by their place in memory only: after a crash those come again that were
 * dealt with since the file was last empty. Every method may be called from any thread, and none is
 * interrupted: Java closes a channel whose thread is, so this uses none but for the lock.
 */
final class SpoolFile implements AutoCloseable {

  private static final int CHUNK = 64 * 1024;

  private final RandomAccessFile file;

  /** Where the last whole line ends, in bytes. */
  private long end;

  /** Where the oldest line begins that was not removed. */
  private long oldest;

  private long lines;

  private SpoolFile(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Opens the file with all that a process before left in it. A last line that has no end was never
   * taken: the process died over it.
   *
   * @throws FileSystemException if another process has it open
   */
  static SpoolFile open(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      lock(file, path);
      if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
        // It holds what people said.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      }
      SpoolFile spool = new SpoolFile(file);
      spool.measure();
      return spool;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static void lock(RandomAccessFile file, Path path) throws IOException {
    try {
      if (file.getChannel().tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Somebody in this process.
    }
    throw new FileSystemException(path.toString(), null, "is in use");
  }

  private synchronized void measure() throws IOException {
    byte[] chunk = new byte[CHUNK];
    long place = 0;
    for (int read = file.read(chunk); read > 0; read = file.read(chunk)) {
      for (int i = 0; i < read; i++) {
        if (chunk[i] == '\n') {
          lines++;
          end = place + i + 1;
        }
      }
      place += read;
    }
    file.setLength(end);
  }

  /**
   * Adds whole lines, all of them or none, and waits until the disk has them.
   *
   * @param added each with its end
   * @throws IOException if the disk is full or failing
   */
  synchronized void append(List<byte[]> added) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    added.forEach(bytes::writeBytes);
    try {
      file.seek(end);
      file.write(bytes.toByteArray());
      file.getFD().sync();
    } catch (IOException e) {
      file.setLength(end);
      throw e;
    }
    end += bytes.size();
    lines += added.size();
    notifyAll();
  }

  /** Some of the oldest lines, without their ends; empty if there is none. */
  synchronized List<byte[]> oldest() throws IOException {
    int size = (int) Math.min(CHUNK, end - oldest);
    List<byte[]> found = List.of();
    while (size > 0 && found.isEmpty()) {
      byte[] chunk = new byte[size];
      file.seek(oldest);
      file.readFully(chunk);
      found = split(chunk);
      size = (int) Math.min(2L * size, end - oldest);
    }
    return found;
  }

  private static List<byte[]> split(byte[] chunk) {
    List<byte[]> found = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < chunk.length; i++) {
      if (chunk[i] == '\n') {
        found.add(Arrays.copyOfRange(chunk, start, i));
        start = i + 1;
      }
    }
    return found;
  }

  /**
   * Takes the oldest line away.
   *
   * @param line as {@link #oldest} gave it
   */
  synchronized void remove(byte[] line) throws IOException {
    oldest += line.length + 1;
    lines--;
    if (oldest == end) {
      file.setLength(0);
      oldest = 0;
      end = 0;
    }
    notifyAll();
  }

  /** Waits until there is a line, for that long at most. */
  synchronized void awaitLine(long millis) throws InterruptedException {
    long giveUpAt = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (lines == 0 && left > 0) {
      wait(left);
      left = (giveUpAt - System.nanoTime()) / 1_000_000;
    }
  }

  /** How many lines there are. */
  synchronized long lines() {
    return lines;
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}

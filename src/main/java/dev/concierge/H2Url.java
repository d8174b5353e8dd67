package dev.concierge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of an H2 database.
 *
 * @param text such as {@code jdbc:h2:./data/concierge;MODE=PostgreSQL}
 */
record H2Url(String text) {

  static final String PREFIX = "jdbc:h2:";

  private static final Pattern FILE =
      Pattern.compile("jdbc:h2:(?:file:)?(?!mem:|tcp:|ssl:)([^;]+).*");

  private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

  static {
    // The SQL is the same as on PostgreSQL.
    SETTINGS.put("MODE", "PostgreSQL");
    // By default H2 keeps what was committed in memory for half a second: long enough to dial.
    SETTINGS.put("WRITE_DELAY", "0");
    // By default H2 closes the database as soon as the process is told to stop, under the writers.
    SETTINGS.put("DB_CLOSE_ON_EXIT", "FALSE");
    // H2's own log of faults would hold what a statement was to write: people's words.
    SETTINGS.put("TRACE_LEVEL_FILE", "0");
  }

  /** With the settings that the ledger needs, where it says nothing of them itself. */
  String complete() {
    StringBuilder url = new StringBuilder(text);
    SETTINGS.forEach(
        (name, value) -> {
          if (!says(name) && !isForbidden(name)) {
            url.append(';').append(name).append('=').append(value);
          }
        });
    return url.toString();
  }

  boolean isInMemory() {
    return text.startsWith(PREFIX + "mem:");
  }

  /** A file beside the database's; {@code null} if the database is no file of ours. */
  @Nullable Path beside(String suffix) {
    Matcher file = FILE.matcher(text);
    return file.matches() ? Path.of(atHome(file.group(1)) + suffix) : null;
  }

  /**
   * Sees to it that its file can be written. H2 would tell with a stack trace that it cannot.
   *
   * @throws StartRefusedException if it cannot
   */
  void makeWritable() {
    Path file = beside(".mv.db");
    if (file != null) {
      makeWritable(file.toAbsolutePath());
    }
  }

  private static void makeWritable(Path file) {
    Path folder = Objects.requireNonNull(file.getParent(), "a file has a folder");
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw notWritable(folder);
    }
    if (!Files.isWritable(folder)) {
      throw notWritable(folder);
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw notWritable(file);
    }
  }

  private static StartRefusedException notWritable(Path path) {
    return new StartRefusedException(
        "DATABASE_URL", "must lead to where this process may write: not to " + path + ".");
  }

  /** A tilde is the home folder to H2, as it is to a shell. */
  private static String atHome(String path) {
    return path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
  }

  private boolean says(String setting) {
    return text.toUpperCase(Locale.ROOT).contains(";" + setting + "=");
  }

  /** A database that serves other processes closes when its own exits; H2 takes no other wish. */
  private boolean isForbidden(String setting) {
    return setting.equals("DB_CLOSE_ON_EXIT") && says("AUTO_SERVER");
  }
}

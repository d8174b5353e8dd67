package dev.concierge;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the database's file is, for what is kept beside it. */
final class DatabasePlace {

  private static final Pattern H2_FILE =
      Pattern.compile("jdbc:h2:(?:file:)?(?!mem:|tcp:|ssl:)([^;]+).*");

  private DatabasePlace() {}

  /** A file beside an H2 database's; {@code null} where the database is no file of ours. */
  static @Nullable Path beside(String databaseUrl, String suffix) {
    Matcher file = H2_FILE.matcher(databaseUrl);
    return file.matches() ? Path.of(file.group(1) + suffix) : null;
  }

  /** Whether it goes with the process. */
  static boolean isMemory(String databaseUrl) {
    return databaseUrl.startsWith("jdbc:h2:mem:");
  }
}

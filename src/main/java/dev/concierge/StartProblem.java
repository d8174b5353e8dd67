package dev.concierge;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import io.dropwizard.configuration.ConfigurationException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in one message why the service did not start, and what to do about it. */
final class StartProblem {

  /** Which variable fills which key of the configuration; a key before the section it is in. */
  private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

  static {
    VARIABLES.put("carrier", "CARRIER must be sandbox or twilio.");
    VARIABLES.put("model.vadThreshold", "model.vadThreshold must be a number from 0 to 1.");
    VARIABLES.put(
        "model.silenceDurationMs",
        "model.silenceDurationMs must be a whole number of milliseconds.");
    VARIABLES.put("model", "MODEL must be sandbox or openai.");
    VARIABLES.put("retentionDays", "RETENTION_DAYS must be a whole number of days.");
    VARIABLES.put("audioChunkMs", "AUDIO_CHUNK_MS must be a whole number of milliseconds.");
    VARIABLES.put("requestsPerSecond", "REQUESTS_PER_SECOND must be a whole number.");
    VARIABLES.put("drainSeconds", "DRAIN_SECONDS must be a whole number of seconds.");
    VARIABLES.put("sandboxSpeed", "SANDBOX_SPEED must be a number.");
    VARIABLES.put("logging.appenders", "LOG_FORMAT must be text or json.");
    VARIABLES.put("server.applicationConnectors", "HTTP_PORT must be a port from 1 to 65535.");
    VARIABLES.put("server.adminConnectors", "ADMIN_PORT must be a port from 1 to 65535.");
  }

  private StartProblem() {}

  /** The message for a start that failed by that; {@code null} if the fault is not the user's. */
  static @Nullable String of(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      String message = ofCause(cause);
      if (message != null) {
        return message;
      }
    }
    return null;
  }

  private static @Nullable String ofCause(Throwable cause) {
    String words = String.valueOf(cause.getMessage());
    if (cause instanceof StartRefusedException) {
      return words;
    }
    if (cause instanceof ConfigurationException) {
      return cause.getCause() instanceof JsonParseException malformed
          ? ofMalformed(words, malformed.getLocation())
          : ofConfiguration(words);
    }
    if (cause instanceof NoSuchFileException || cause instanceof java.io.FileNotFoundException) {
      return "There is no file " + words + ".";
    }
    if (cause instanceof FileSystemException file) {
      String reason = file.getReason() == null ? "" : ": " + file.getReason();
      return file.getFile() + " cannot be read or written" + reason + ".";
    }
    if (cause instanceof BindException) {
      return "A port is taken or the address is not this machine's: set HTTP_PORT, ADMIN_PORT or"
          + " BIND_HOST to others.";
    }
    if (cause instanceof NoSuchAlgorithmException) {
      return "The certificates that Java trusts cannot be read: check -Djavax.net.ssl.trustStore and"
          + " its password, or leave them out.";
    }
    if (words.contains("Database may be already in use")) {
      return "The database is in use by another process, perhaps a running service: stop it, or set"
          + " DATABASE_URL to another one.";
    }
    if (cause instanceof java.sql.SQLException) {
      return "The database cannot be used: check DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD. "
          + words;
    }
    return null;
  }

  /** Without the parser's own words: they quote the file, with the secrets in it. */
  private static String ofMalformed(String words, JsonLocation at) {
    return String.format(
        "%s%n  * Malformed YAML at line %d, column %d.",
        words.lines().findFirst().orElse("The configuration has an error:"),
        at.getLineNr(),
        at.getColumnNr());
  }

  /** Dropwizard names the key; people who start the service know the variable. */
  private static String ofConfiguration(String words) {
    return VARIABLES.entrySet().stream()
            .filter(variable -> words.contains(" " + variable.getKey()))
            .map(variable -> variable.getValue() + "\n")
            .findFirst()
            .orElse("")
        + words.trim();
  }
}

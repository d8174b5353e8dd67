package dev.concierge;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.concierge.bridge.BridgeSettings;
import dev.concierge.twilio.PublicUrl;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code config.yml} says. Each method refuses a start that could not go well. */
public final class ConciergeConfiguration extends Configuration {

  private static final int MIN_CHUNK_MS = 10;
  private static final int MAX_CHUNK_MS = 500;
  private static final int MAX_DRAIN_SECONDS = 3_600;

  /** More would be opened at once than the service likes. */
  private static final int MAX_IDLE_SESSIONS = 100;

  /** A call at that speed brings 1,000 messages a second, as much as 20 real ones. */
  private static final int MAX_SPEED = 20;

  @JsonProperty private String publicUrl = "";
  @JsonProperty private Secret apiKey = Secret.NONE;
  @JsonProperty private Secret parameterSecret = Secret.NONE;
  @JsonProperty private String spoolFile = "";
  @JsonProperty private int retentionDays = 0;
  @JsonProperty private int audioChunkMs = 50;
  @JsonProperty private int listenFirstMs = 1_500;
  @JsonProperty private int idleModelSessions = 2;
  @JsonProperty private String spokenNotice = "";
  @JsonProperty private int drainSeconds = 30;
  @JsonProperty private double sandboxSpeed = 1;
  @JsonProperty @Valid @NotNull private CarrierFactory carrier = new SandboxCarrierFactory();
  @JsonProperty @Valid @NotNull private ModelFactory model = new SandboxModelFactory();
  @JsonProperty @Valid @NotNull private DataSourceFactory database = new DataSourceFactory();

  CarrierFactory carrier() {
    return carrier;
  }

  ModelFactory model() {
    return model;
  }

  /** The key that the API asks for; {@code null} if anybody on this machine may call it. */
  @Nullable String apiKey() {
    if (!apiKey.isMissing()) {
      return apiKey.value();
    }
    if (carrier.isReal()) {
      throw new StartRefusedException(
          "API_KEY",
          "must be set to a long random text when CARRIER is twilio: whoever has it can"
              + " make phones ring at your cost.");
    }
    String host = connector().getBindHost();
    if (host == null || !Addresses.isLoopback(host)) {
      throw new StartRefusedException(
          "API_KEY",
          "must be set to a long random text when BIND_HOST is not a loopback address:"
              + " others can reach the service.");
    }
    return null;
  }

  String parameterSecret() {
    return ParameterSecret.of(parameterSecret, database().getUrl());
  }

  /** Where Twilio reaches us: callbacks under it, the stream at its {@code /media-stream}. */
  PublicUrl publicUrl() {
    String url = publicUrl.isBlank() ? "http://localhost:" + connector().getPort() : publicUrl;
    URI base = Addresses.http("PUBLIC_URL", url);
    if (carrier.isReal()
        && base.getScheme().equals("http")
        && !Addresses.isLoopback(base.getHost())) {
      throw new StartRefusedException("PUBLIC_URL", "must begin with https:// for Twilio.");
    }
    try {
      return new PublicUrl(base);
    } catch (IllegalArgumentException e) {
      throw new StartRefusedException("PUBLIC_URL", "will not do: " + e.getMessage() + ".");
    }
  }

  /** What the carrier's voice says before the agent is connected; {@code null} for nothing. */
  @Nullable String spokenNotice() {
    return spokenNotice.isBlank() ? null : spokenNotice;
  }

  BridgeSettings bridge() {
    if (audioChunkMs < MIN_CHUNK_MS || audioChunkMs > MAX_CHUNK_MS) {
      throw new StartRefusedException(
          "AUDIO_CHUNK_MS",
          "must be a number of milliseconds from " + MIN_CHUNK_MS + " to " + MAX_CHUNK_MS + ".");
    }
    if (listenFirstMs < 0) {
      throw new StartRefusedException("listenFirstMs", "must be 0 or more milliseconds.");
    }
    return new BridgeSettings(
        Duration.ofMillis(audioChunkMs),
        Duration.ofMillis(listenFirstMs),
        BridgeSettings.DEFAULT.silence(),
        BridgeSettings.DEFAULT.maxDuration());
  }

  /** How many sessions with the model are kept connected for the next calls. */
  int idleModelSessions() {
    if (idleModelSessions < 0 || idleModelSessions > MAX_IDLE_SESSIONS) {
      throw new StartRefusedException(
          "MODEL_IDLE_SESSIONS", "must be a number from 0 to " + MAX_IDLE_SESSIONS + ".");
    }
    return idleModelSessions;
  }

  /** How long calls may go on when the service is told to stop. */
  Duration drain() {
    if (drainSeconds < 0 || drainSeconds > MAX_DRAIN_SECONDS) {
      throw new StartRefusedException(
          "DRAIN_SECONDS", "must be a number of seconds from 0 to " + MAX_DRAIN_SECONDS + ".");
    }
    return Duration.ofSeconds(drainSeconds);
  }

  /** How many times faster than real time the sandbox inside this process runs. */
  double sandboxSpeed() {
    if (!(sandboxSpeed > 0 && sandboxSpeed <= MAX_SPEED)) {
      throw new StartRefusedException(
          "SANDBOX_SPEED", "must be a number above 0, and at most " + MAX_SPEED + ".");
    }
    return sandboxSpeed;
  }

  /** Where facts wait for the database: a file of this process alone. */
  Path spoolFile() throws IOException {
    if (!spoolFile.isBlank()) {
      return Path.of(spoolFile);
    }
    String url = database().getUrl();
    if (DatabasePlace.isMemory(url)) {
      Path file = Files.createTempFile("concierge", ".spool");
      file.toFile().deleteOnExit();
      return file;
    }
    Path beside = DatabasePlace.beside(url, ".spool");
    return beside == null ? Path.of("data", "concierge.spool") : beside;
  }

  /** For how many days calls are kept; 0 for ever. */
  int retentionDays() {
    if (retentionDays < 0) {
      throw new StartRefusedException(
          "RETENTION_DAYS", "must be a number of days, or 0 to keep calls for ever.");
    }
    return retentionDays;
  }

  DataSourceFactory database() {
    String url = String.valueOf(database.getUrl());
    if (url.startsWith("jdbc:h2:")) {
      database.setDriverClass("org.h2.Driver");
      // By default H2 keeps what was committed in memory for half a second: long enough to dial.
      setUnlessSet("WRITE_DELAY", "0");
      // By default it closes the database as soon as the process is told to end: amid its calls.
      setUnlessSet("DB_CLOSE_ON_EXIT", "FALSE");
    } else if (url.startsWith("jdbc:postgresql:")) {
      database.setDriverClass("org.postgresql.Driver");
    } else {
      throw new StartRefusedException(
          "DATABASE_URL",
          "must begin with jdbc:h2: or jdbc:postgresql:, such as"
              + " jdbc:postgresql://localhost/concierge.");
    }
    return database;
  }

  private void setUnlessSet(String h2Setting, String value) {
    String url = database.getUrl();
    if (!url.toUpperCase(Locale.ROOT).contains(h2Setting)) {
      database.setUrl(url + ";" + h2Setting + "=" + value);
    }
  }

  private HttpConnectorFactory connector() {
    var server = (DefaultServerFactory) getServerFactory();
    return (HttpConnectorFactory) server.getApplicationConnectors().get(0);
  }
}

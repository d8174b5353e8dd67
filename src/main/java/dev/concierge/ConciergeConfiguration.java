package dev.concierge;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.concierge.bridge.BridgeSettings;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Prices;
import dev.concierge.resources.ApiKey;
import dev.concierge.resources.ApiKeyFilter;
import dev.concierge.twilio.PublicUrl;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  /**
   * Or the driver would wait for ever where a server does not answer, and every thread with it. In
   * seconds; what the URL says of them wins.
   */
  private static final Map<String, String> POSTGRESQL =
      Map.of("connectTimeout", "5", "socketTimeout", "30", "tcpKeepAlive", "true");

  /** YAML takes {@code off} for {@code false}, and Dropwizard takes that for {@code OFF}. */
  private static final Pattern LOG_LEVEL =
      Pattern.compile("(?i)off|false|error|warn|info|debug|trace|all");

  /** Bound to these, the service answers at {@code localhost}. */
  private static final Set<String> USUAL_HOSTS =
      Set.of("127.0.0.1", "localhost", "0.0.0.0", "::", "");

  @JsonProperty private String publicUrl = "";
  @JsonProperty private Secret apiKey = Secret.NONE;
  @JsonProperty private String apiKeys = "";
  @JsonProperty private int requestsPerSecond = ApiKeyFilter.DEFAULT_REQUESTS_PER_SECOND;
  @JsonProperty private Secret parameterSecret = Secret.NONE;
  @JsonProperty private String spoolFile = "";
  @JsonProperty private int retentionDays = 0;
  @JsonProperty private int audioChunkMs = 50;
  @JsonProperty private int listenFirstMs = 1_500;
  @JsonProperty private int idleModelSessions = 2;
  @JsonProperty private int interruptAfterMs = 0;
  @JsonProperty private String spokenNotice = "";
  @JsonProperty private int drainSeconds = 30;
  @JsonProperty private String allowedNumbers = "";
  @JsonProperty private String machineDetection = "off";
  @JsonProperty private double sandboxSpeed = 1;
  @JsonProperty private @Nullable Prices prices;
  @JsonProperty @Valid @NotNull private CarrierFactory carrier = new SandboxCarrierFactory();
  @JsonProperty @Valid @NotNull private ModelFactory model = new SandboxModelFactory();
  @JsonProperty @Valid @NotNull private DataSourceFactory database = new DataSourceFactory();

  CarrierFactory carrier() {
    return carrier;
  }

  ModelFactory model() {
    return model;
  }

  /** The keys that the API asks for; none if anybody on this machine may call it. */
  List<ApiKey> apiKeys() {
    List<ApiKey> keys = ApiKeySettings.read(apiKeys, apiKey);
    if (keys.isEmpty() && carrier.isReal()) {
      throw new StartRefusedException(
          "API_KEY",
          "must be set to a long random text when CARRIER is twilio: whoever has it can"
              + " make phones ring at your cost.");
    }
    String host = connector().getBindHost();
    if (keys.isEmpty() && (host == null || !Addresses.isLoopback(host))) {
      throw new StartRefusedException(
          "API_KEY",
          "must be set to a long random text when BIND_HOST is not a loopback address:"
              + " others can reach the service.");
    }
    return keys;
  }

  /** How many requests a second one key may send. */
  int requestsPerSecond() {
    if (requestsPerSecond < 1) {
      throw new StartRefusedException("REQUESTS_PER_SECOND", "must be 1 or more.");
    }
    return requestsPerSecond;
  }

  String parameterSecret() {
    return ParameterSecret.of(parameterSecret, database().getUrl());
  }

  /** Where Twilio reaches us: callbacks under it, the stream at its {@code /media-stream}. */
  PublicUrl publicUrl() {
    String url = publicUrl.isBlank() ? ownUrl() : publicUrl;
    URI base = Addresses.http("PUBLIC_URL", url);
    boolean loopback = Addresses.isLoopback(base.getHost());
    if (loopback && carrier.isElsewhere()) {
      throw new StartRefusedException(
          "PUBLIC_URL",
          "must be the https:// address at which Twilio reaches this service, such as a tunnel's,"
              + " when CARRIER is twilio: "
              + url
              + " is only this machine's.");
    }
    if (carrier.isReal() && base.getScheme().equals("http") && !loopback) {
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

  /** The only numbers that may be called; none where all may. */
  Set<PhoneNumber> allowedNumbers() {
    return Pattern.compile("[,\\s]+")
        .splitAsStream(allowedNumbers)
        .filter(number -> !number.isEmpty())
        .map(ConciergeConfiguration::allowedNumber)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static PhoneNumber allowedNumber(String text) {
    return PhoneNumber.parse(text)
        .orElseThrow(
            () ->
                new StartRefusedException(
                    "ALLOWED_NUMBERS",
                    "must be numbers in E.164, such as +14155550100, separated by commas."));
  }

  /** Whether the carrier is to judge who picks up, so that a machine is hung up on. */
  boolean hangsUpOnMachines() {
    if (!machineDetection.equals("off") && !machineDetection.equals("hang-up")) {
      throw new StartRefusedException("MACHINE_DETECTION", "must be off or hang-up.");
    }
    return machineDetection.equals("hang-up");
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
    if (interruptAfterMs < 0) {
      throw new StartRefusedException("interruptAfterMs", "must be 0 or more milliseconds.");
    }
    return new BridgeSettings(
        Duration.ofMillis(audioChunkMs),
        Duration.ofMillis(listenFirstMs),
        Duration.ofMillis(interruptAfterMs),
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
    H2Url url = new H2Url(database().getUrl());
    if (url.isInMemory()) {
      Path file = Files.createTempFile("concierge", ".spool");
      file.toFile().deleteOnExit();
      return file;
    }
    Path beside = url.beside(".spool");
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

  /** What the model's vendor charges; {@code null} if reports are to tell no costs. */
  @Nullable Prices prices() {
    return prices;
  }

  DataSourceFactory database() {
    String url = String.valueOf(database.getUrl());
    if (url.startsWith(H2Url.PREFIX)) {
      database.setDriverClass("org.h2.Driver");
      database.setUrl(new H2Url(url).complete());
    } else if (url.startsWith("jdbc:postgresql:")) {
      database.setDriverClass("org.postgresql.Driver");
      POSTGRESQL.forEach(database.getProperties()::putIfAbsent);
    } else {
      throw new StartRefusedException(
          "DATABASE_URL",
          "must begin with jdbc:h2: or jdbc:postgresql:, such as"
              + " jdbc:postgresql://localhost/concierge.");
    }
    return database;
  }

  /** Refuses what Dropwizard would take without a word: port 0, and a log level that is none. */
  void requireSense() {
    requirePort("HTTP_PORT", connector());
    requirePort("ADMIN_PORT", (HttpConnectorFactory) server().getAdminConnectors().get(0));
    String level = ((DefaultLoggingFactory) getLoggingFactory()).getLevel();
    if (!LOG_LEVEL.matcher(level).matches()) {
      throw new StartRefusedException(
          "LOG_LEVEL", "must be OFF, ERROR, WARN, INFO, DEBUG, TRACE or ALL.");
    }
  }

  /** A port that is chosen when it is opened would be in no address that we give out. */
  private static void requirePort(String variable, HttpConnectorFactory connector) {
    if (connector.getPort() == 0) {
      throw new StartRefusedException(variable, "must be a port from 1 to 65535.");
    }
  }

  private String ownUrl() {
    String bound = connector().getBindHost();
    String host = bound == null || USUAL_HOSTS.contains(bound) ? "localhost" : bound;
    String name = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + name + ":" + connector().getPort();
  }

  private HttpConnectorFactory connector() {
    return (HttpConnectorFactory) server().getApplicationConnectors().get(0);
  }

  private DefaultServerFactory server() {
    return (DefaultServerFactory) getServerFactory();
  }
}

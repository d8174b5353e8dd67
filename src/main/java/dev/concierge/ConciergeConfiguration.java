package dev.concierge;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.concierge.bridge.BridgeSettings;
import dev.concierge.resources.ApiKey;
import dev.concierge.resources.ApiKeyFilter;
import dev.concierge.twilio.PublicUrl;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code config.yml} says. Each method refuses a start that could not go well. */
public final class ConciergeConfiguration extends Configuration {

  private static final int MIN_CHUNK_MS = 10;
  private static final int MAX_CHUNK_MS = 500;

  /** A call at that speed brings 1,000 messages a second, as much as 20 real ones. */
  private static final int MAX_SPEED = 20;

  @JsonProperty private String publicUrl = "";
  @JsonProperty private Secret apiKey = Secret.NONE;
  @JsonProperty private String apiKeys = "";
  @JsonProperty private int requestsPerSecond = ApiKeyFilter.DEFAULT_REQUESTS_PER_SECOND;
  @JsonProperty private Secret parameterSecret = Secret.NONE;
  @JsonProperty private int audioChunkMs = 50;
  @JsonProperty private int listenFirstMs = 1_500;
  @JsonProperty private String spokenNotice = "";
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

  /** How many times faster than real time the sandbox inside this process runs. */
  double sandboxSpeed() {
    if (!(sandboxSpeed > 0 && sandboxSpeed <= MAX_SPEED)) {
      throw new StartRefusedException(
          "SANDBOX_SPEED", "must be a number above 0, and at most " + MAX_SPEED + ".");
    }
    return sandboxSpeed;
  }

  DataSourceFactory database() {
    String url = String.valueOf(database.getUrl());
    if (url.startsWith("jdbc:h2:")) {
      database.setDriverClass("org.h2.Driver");
      // By default H2 keeps what was committed in memory for half a second: long enough to dial.
      if (!url.toUpperCase(Locale.ROOT).contains("WRITE_DELAY")) {
        database.setUrl(url + ";WRITE_DELAY=0");
      }
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

  private HttpConnectorFactory connector() {
    var server = (DefaultServerFactory) getServerFactory();
    return (HttpConnectorFactory) server.getApplicationConnectors().get(0);
  }
}

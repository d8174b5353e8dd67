package dev.concierge.sandbox;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox is started with.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param accountSid of the one Twilio account
 * @param authToken of that account
 * @param apiKey of the voice model
 * @param speed sandbox seconds per real second
 * @param hostsDirectory of the user's own hosts; {@code null} for none
 */
public record SandboxSettings(
    String host,
    int port,
    String accountSid,
    String authToken,
    String apiKey,
    double speed,
    @Nullable Path hostsDirectory) {

  public SandboxSettings {
    Objects.requireNonNull(host, "host is null");
    Objects.requireNonNull(accountSid, "accountSid is null");
    Objects.requireNonNull(authToken, "authToken is null");
    Objects.requireNonNull(apiKey, "apiKey is null");
  }

  /** Not the secrets. */
  @Override
  public String toString() {
    return "SandboxSettings[" + host + ":" + port + ", " + accountSid + ", speed " + speed + "]";
  }
}

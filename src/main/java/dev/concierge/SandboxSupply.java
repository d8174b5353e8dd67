package dev.concierge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.concierge.call.PhoneNumber;
import dev.concierge.realtime.RealtimeAddress;
import dev.concierge.sandbox.Sandbox;
import dev.concierge.sandbox.SandboxSettings;
import dev.concierge.twilio.TwilioAccount;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox inside this process, for whichever vendors are set to it: started by the first that
 * asks, stopped with the service. Not thread-safe; used while the service is put together.
 */
final class SandboxSupply {

  private static final PhoneNumber FROM = new PhoneNumber("+14155550199");

  private final LifecycleEnvironment lifecycle;
  private final double speed;
  private final String accountSid = "AC" + hex();
  private final String authToken;
  private final String apiKey = hex();
  private @Nullable Sandbox running;

  /**
   * @param parameterSecret the service's own; the sandbox's auth token is made from it, so that a
   *     command with the same configuration can sign as this sandbox does
   */
  SandboxSupply(LifecycleEnvironment lifecycle, double speed, String parameterSecret) {
    this.lifecycle = lifecycle;
    this.speed = speed;
    this.authToken = tokenFrom(parameterSecret);
  }

  String authToken() {
    return authToken;
  }

  TwilioAccount account() throws Exception {
    return new TwilioAccount(accountSid, authToken, FROM, sandbox().twilioUrl());
  }

  RealtimeAddress model() throws Exception {
    return RealtimeAddress.withBearerKey(sandbox().realtimeUrl(), "sandbox", apiKey);
  }

  private Sandbox sandbox() throws Exception {
    if (running == null) {
      Sandbox sandbox =
          new Sandbox(
              new SandboxSettings("127.0.0.1", 0, accountSid, authToken, apiKey, speed, null));
      sandbox.start();
      lifecycle.manage(new AutoCloseableManager(sandbox::stop));
      running = sandbox;
    }
    return running;
  }

  private static String tokenFrom(String secret) {
    return Hashing.hmacSha256(secret.getBytes(UTF_8))
        .hashString("the sandbox's auth token", UTF_8)
        .toString();
  }

  private static String hex() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}

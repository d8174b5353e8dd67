package dev.concierge;

import dev.concierge.sandbox.Sandbox;
import dev.concierge.sandbox.SandboxSettings;
import dev.concierge.sandbox.WireWatch;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A sandbox beside the service, with credentials that everybody may know: nothing is behind it. */
final class StandaloneSandbox {

  private static final String ACCOUNT_SID = "AC00000000000000000000000000000000";
  private static final String AUTH_TOKEN = "sandbox-auth-token";
  private static final String API_KEY = "sandbox-api-key";

  private final Sandbox sandbox;

  StandaloneSandbox(int port, double speed, @Nullable String hosts, WireWatch watch) {
    sandbox =
        new Sandbox(
            new SandboxSettings(
                "127.0.0.1",
                port,
                ACCOUNT_SID,
                AUTH_TOKEN,
                API_KEY,
                speed,
                hosts == null ? null : Path.of(hosts)),
            watch);
  }

  void start() throws Exception {
    sandbox.start();
  }

  /** Hangs up all calls and ends all threads. */
  void stop() throws Exception {
    sandbox.stop();
  }

  URI url() {
    return sandbox.twilioUrl();
  }

  /** The lines that point a service at it. */
  String exports() {
    return """
      export CARRIER=twilio TWILIO_BASE_URL=%s
      export TWILIO_ACCOUNT_SID=%s TWILIO_AUTH_TOKEN=%s TWILIO_FROM=+14155550199
      export MODEL=openai OPENAI_REALTIME_URL=%s OPENAI_API_KEY=%s
      export API_KEY=choose-one
    """
        .formatted(sandbox.twilioUrl(), ACCOUNT_SID, AUTH_TOKEN, sandbox.realtimeUrl(), API_KEY);
  }
}

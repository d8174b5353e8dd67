package dev.concierge;

import dev.concierge.sandbox.Sandbox;
import dev.concierge.sandbox.SandboxSettings;
import dev.concierge.sandbox.WireWatch;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
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

  /** What a service is started with to have this for its carrier and its model. */
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("CARRIER", "twilio");
    variables.put("TWILIO_BASE_URL", url().toString());
    variables.put("TWILIO_ACCOUNT_SID", ACCOUNT_SID);
    variables.put("TWILIO_AUTH_TOKEN", AUTH_TOKEN);
    variables.put("TWILIO_FROM", "+14155550199");
    variables.put("MODEL", "openai");
    variables.put("OPENAI_REALTIME_URL", sandbox.realtimeUrl().toString());
    variables.put("OPENAI_API_KEY", API_KEY);
    variables.put("API_KEY", "choose-one");
    return variables;
  }

  /** The same as lines for a shell. */
  String exports() {
    return variables().entrySet().stream()
        .map(variable -> "  export " + variable + "\n")
        .collect(Collectors.joining());
  }
}

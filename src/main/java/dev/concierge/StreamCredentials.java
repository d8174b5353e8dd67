package dev.concierge;

import dev.concierge.call.Brief;
import dev.concierge.sandbox.carrier.TwilioSignature;
import dev.concierge.twilio.PublicUrl;
import dev.concierge.twilio.StreamParameters;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What opens a media stream on a service of the same configuration, without its carrier.
 *
 * @param signature the handshake's {@code X-Twilio-Signature}
 * @param parameters the members of {@code start.customParameters}, signed
 */
record StreamCredentials(String signature, Map<String, String> parameters) {

  /**
   * @param validity how long the parameters are good for from now
   * @throws StartRefusedException if the service could not start with that configuration
   */
  static StreamCredentials of(
      ConciergeConfiguration configuration, Brief brief, Duration validity) {
    String secret = configuration.parameterSecret();
    PublicUrl publicUrl = configuration.publicUrl();
    return new StreamCredentials(
        new TwilioSignature(authToken(configuration, secret))
            .sign(publicUrl.mediaStream().toString(), Map.of()),
        new StreamParameters(secret, Clock.systemUTC()).sign(brief, validity));
  }

  private static String authToken(ConciergeConfiguration configuration, String secret) {
    SandboxSupply sandbox =
        new SandboxSupply(new LifecycleEnvironment(null), configuration.sandboxSpeed(), secret);
    return configuration.carrier().authToken(sandbox);
  }
}

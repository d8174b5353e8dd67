package dev.concierge.sandbox.carrier;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call is to do once it is answered, verb after verb.
 *
 * @param warnings what was not understood and is left out, as Twilio does with unknown attributes
 */
record Twiml(List<Verb> verbs, List<String> warnings) {

  Twiml {
    verbs = List.copyOf(verbs);
    warnings = List.copyOf(warnings);
  }

  /** One instruction. */
  sealed interface Verb {}

  /**
   * Speaks to the callee.
   *
   * @param loop how often
   */
  record Say(String text, int loop) implements Verb {}

  /** Waits. */
  record Pause(int lengthSeconds) implements Verb {}

  /** Ends the call. */
  record Hangup() implements Verb {}

  /** Gives the call to a bidirectional Media Stream until its socket is closed. */
  record Connect(StreamNoun stream) implements Verb {}

  /**
   * Where a Media Stream goes to.
   *
   * @param url exactly as written: the upgrade is signed over it
   * @param parameters the custom parameters of the {@code start} message
   */
  record StreamNoun(
      String url,
      @Nullable String name,
      @Nullable String statusCallback,
      Map<String, String> parameters) {

    StreamNoun {
      parameters = new LinkedHashMap<>(parameters);
    }

    /** The call's only name that the model's wire carries, too; empty if the TwiML has none. */
    String restaurant() {
      return parameters.getOrDefault("restaurant_name", "");
    }

    /** Why no socket is opened to that address (error 31920); empty if one may be. */
    Optional<String> refusal() {
      URI uri = URI.create(url);
      if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        return Optional.of("the Stream url has a query string or a fragment; use <Parameter>");
      }
      boolean loopback = List.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost());
      if ("wss".equals(uri.getScheme()) || ("ws".equals(uri.getScheme()) && loopback)) {
        return Optional.empty();
      }
      return Optional.of("the Stream url is not wss (the sandbox takes ws for loopback only)");
    }
  }
}

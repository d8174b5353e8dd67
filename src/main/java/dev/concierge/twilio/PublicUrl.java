package dev.concierge.twilio;

import dev.concierge.call.CallId;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where Twilio reaches us, as configured: every address we give to Twilio, and every address whose
 * signature we check. Never taken from a request, since a proxy or a stranger may have written its
 * {@code Host}.
 *
 * @param base {@code http} or {@code https}, with an optional path in front of ours; kept without a
 *     trailing slash
 */
public record PublicUrl(URI base) {

  /** Longer ones would leave the TwiML no room for the brief. */
  public static final int MAX_LENGTH = 120;

  /**
   * @throws IllegalArgumentException if Twilio could not call us there; says why
   */
  public PublicUrl {
    Objects.requireNonNull(base, "base is null");
    String scheme = base.getScheme();
    require("http".equals(scheme) || "https".equals(scheme), "must begin with http:// or https://");
    // java.net.URI finds no host in a name with an underscore; Twilio refuses such names, too.
    require(base.getHost() != null, "names no host");
    require(base.getRawQuery() == null, "must have no query: Twilio drops it from stream URLs");
    require(base.getRawFragment() == null, "must have no fragment");
    require(base.getRawUserInfo() == null, "must carry no credentials");
    require(base.toString().length() <= MAX_LENGTH, "is longer than " + MAX_LENGTH);
    base = URI.create(base.toString().replaceAll("/+$", ""));
  }

  private static void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException("the public URL " + complaint);
    }
  }

  /** Where the statuses of a call are reported. */
  public URI status(CallId call) {
    return at("/twilio/status/" + call, null);
  }

  /** Where the fate of a call's media stream is reported. */
  public URI stream(CallId call) {
    return at("/twilio/stream/" + call, null);
  }

  /** Where it is reported who picked up. */
  public URI answeringMachine(CallId call) {
    return at("/twilio/amd/" + call, null);
  }

  /** Where the media stream connects to: {@code ws} or {@code wss}. */
  public URI mediaStream() {
    return URI.create("ws" + base.toString().substring("http".length()) + MediaStreams.PATH);
  }

  /**
   * The address that Twilio used to reach one of our paths.
   *
   * @param path from its leading slash on, as sent
   * @param rawQuery as sent
   */
  URI at(String path, @Nullable String rawQuery) {
    return URI.create(base + path + (rawQuery == null ? "" : "?" + rawQuery));
  }
}

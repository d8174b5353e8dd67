package dev.concierge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads addresses out of settings. */
final class Addresses {

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(.*\\.)?localhost\\.?|127(\\.[0-9]{1,3}){3}|\\[?::1]?");

  private Addresses() {}

  static URI http(String setting, String text) {
    return of(setting, text, Set.of("http", "https"), "https://api.example.com");
  }

  static URI webSocket(String setting, String text) {
    return of(setting, text, Set.of("ws", "wss"), "wss://api.example.com/v1/realtime");
  }

  /** Whether only this machine can reach that host. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  private static URI of(String setting, String text, Set<String> schemes, String example) {
    try {
      URI uri = new URI(text);
      boolean known = uri.getScheme() != null && schemes.contains(uri.getScheme());
      if (known && uri.getHost() != null && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below, like any other text that is not an address.
    }
    throw new StartRefusedException(
        setting, "must be an address such as " + example + ", with no # in it.");
  }
}

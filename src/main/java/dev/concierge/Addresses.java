package dev.concierge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Reads addresses out of settings. */
final class Addresses {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private Addresses() {}

  static URI http(String setting, String text) {
    return of(setting, text, Set.of("http", "https"), "https://api.example.com");
  }

  static URI webSocket(String setting, String text) {
    return of(setting, text, Set.of("ws", "wss"), "wss://api.example.com/v1/realtime");
  }

  /** Whether only this machine can reach that host. */
  static boolean isLoopback(String host) {
    return LOOPBACK.contains(host) || host.startsWith("127.");
  }

  private static URI of(String setting, String text, Set<String> schemes, String example) {
    try {
      URI uri = new URI(text);
      if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below, like any other text that is not an address.
    }
    throw new StartRefusedException(setting, "must be an address such as " + example + ".");
  }
}

package dev.concierge.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The digest of which the chains of facts are made. */
final class ChainDigest {

  private ChainDigest() {}

  /**
   * SHA-256 over the parts as one JSON array, in 64 hexadecimal digits. In an array no two lists of
   * parts look alike, and anybody can repeat it with {@code sha256sum}.
   */
  static String of(Object... parts) {
    try {
      byte[] canonical = CallJson.write(List.of(parts)).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

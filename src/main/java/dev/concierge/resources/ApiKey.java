package dev.concierge.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key to the API, of which only the hash is kept. A plain SHA-256 will do, and costs nothing per
 * request, because a key that {@link #random} made cannot be guessed; a password could be.
 *
 * @param name tells the key from others, in the configuration and in answers
 * @param sha256 of the key's text, 64 hexadecimal digits
 */
public record ApiKey(String name, Role role, String sha256) {

  /** Lets those who scan for leaked secrets know one when they see it. */
  private static final String PREFIX = "concierge_";

  private static final int RANDOM_BYTES = 32;
  private static final Pattern ENTRY =
      Pattern.compile("([A-Za-z0-9._-]{1,64}):(read|call):([0-9a-fA-F]{64})");

  /**
   * Reads the form in which the configuration has it, {@code name:role:sha256}.
   *
   * @throws IllegalArgumentException if it is of another form
   */
  public static ApiKey parse(String entry) {
    Matcher parts = ENTRY.matcher(entry);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a key is name:role:sha256");
    }
    Role role = Role.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
    return new ApiKey(parts.group(1), role, parts.group(3).toLowerCase(Locale.ROOT));
  }

  /** The entry of a key with that text. */
  public static ApiKey of(String name, Role role, String key) {
    return new ApiKey(name, role, HexFormat.of().formatHex(digest(key)));
  }

  /** The text of a new key: 256 random bits. */
  public static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether the key with that digest is this one; takes as long for one as for the other. */
  boolean hasDigest(byte[] digest) {
    return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), digest);
  }

  static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return name + ":" + Words.of(role) + ":" + sha256;
  }
}

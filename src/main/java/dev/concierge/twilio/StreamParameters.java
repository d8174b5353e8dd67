package dev.concierge.twilio;

import dev.concierge.call.Brief;
import dev.concierge.twilio.ParametersRefusedException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The brief as it rides in the Stream parameters, signed by us: whoever holds the secret takes the
 * call with no other knowledge of it.
 *
 * <p>The signature is HMAC-SHA256 over every other parameter, known or not, in the order of their
 * names, each name and value with its length in front, so that no two sets look alike. Safe for use
 * by many threads.
 */
public final class StreamParameters {

  /** Longer than a call waits in Twilio's queue and rings, at the most 10 minutes. */
  public static final Duration VALIDITY = Duration.ofMinutes(15);

  static final String EXPIRES = "expires";
  static final String SIGNATURE = "signature";

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final Clock clock;

  /**
   * @param secret the same on every instance
   */
  public StreamParameters(String secret, Clock clock) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.clock = clock;
  }

  /** The parameters that carry the brief, good for {@link #VALIDITY} from now. */
  public Map<String, String> sign(Brief brief) {
    return sign(brief, VALIDITY);
  }

  /** The parameters that carry the brief, good for that long from now. */
  public Map<String, String> sign(Brief brief, Duration validity) {
    Map<String, String> parameters = new TreeMap<>(BriefParameters.of(brief));
    parameters.put(EXPIRES, Long.toString(clock.instant().plus(validity).getEpochSecond()));
    parameters.put(SIGNATURE, signatureOver(parameters));
    return parameters;
  }

  /**
   * The brief in parameters that came with a stream.
   *
   * @throws ParametersRefusedException if they are not what we signed, or too old
   */
  public Brief verify(Map<String, String> received) throws ParametersRefusedException {
    Map<String, String> parameters = new HashMap<>(received);
    String signature = parameters.remove(SIGNATURE);
    String expires = parameters.get(EXPIRES);
    if (signature == null || expires == null) {
      throw new ParametersRefusedException(Reason.MISSING, "no signature or no expiry");
    }
    if (!MessageDigest.isEqual(bytes(signature), bytes(signatureOver(parameters)))) {
      throw new ParametersRefusedException(Reason.CHANGED, "the signature does not match");
    }
    if (!clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(expires)))) {
      throw new ParametersRefusedException(Reason.EXPIRED, "expired at " + expires);
    }
    return BriefParameters.read(parameters);
  }

  private String signatureOver(Map<String, String> parameters) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      new TreeMap<>(parameters)
          .forEach(
              (name, value) -> {
                mac.update(withLength(name));
                mac.update(withLength(value));
              });
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** As UTF-16, which, unlike UTF-8, also tells broken surrogate pairs apart. */
  private static ByteBuffer withLength(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Character.BYTES * text.length());
    bytes.putInt(text.length());
    text.chars().forEach(c -> bytes.putChar((char) c));
    return bytes.flip();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

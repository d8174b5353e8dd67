package dev.concierge.sandbox.carrier;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as Twilio does: base64 of the HMAC-SHA1, keyed with the auth token, over the
 * address and then name and value of each form parameter, sorted by name. (Twilio, "Webhooks
 * Security".)
 */
public final class TwilioSignature {

  public static final String HEADER = "X-Twilio-Signature";

  private final String authToken;

  public TwilioSignature(String authToken) {
    this.authToken = authToken;
  }

  /**
   * The signature of a request.
   *
   * @param url exactly as the receiver knows it
   * @param parameters of the form; none for an upgrade
   */
  public String sign(String url, Map<String, String> parameters) {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] hmac = mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hmac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no HmacSHA1 in this JDK", e);
    }
  }
}

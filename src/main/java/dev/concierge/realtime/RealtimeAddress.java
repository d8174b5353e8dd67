package dev.concierge.realtime;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a Realtime service is, which model is asked for there, and the key that opens it.
 *
 * <p>OpenAI, Azure OpenAI and stand-ins differ only in these. The key is not in {@link #toString}.
 *
 * @param url a {@code wss} or {@code ws} URL; a query of its own is kept
 * @param model the model; on Azure the deployment
 * @param keyHeader the header that carries the key
 * @param keyPrefix what stands before the key in that header, with its blank; empty for none
 * @param key the secret
 */
public record RealtimeAddress(
    URI url, String model, String keyHeader, String keyPrefix, String key) {

  /** OpenAI's own service. */
  public static final URI OPENAI = URI.create("wss://api.openai.com/v1/realtime");

  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");
  private static final Pattern MODEL_IN_QUERY = Pattern.compile("(^|&)model=");

  public RealtimeAddress {
    Objects.requireNonNull(model, "model is null");
    String scheme = url.getScheme();
    if (!"wss".equals(scheme) && !"ws".equals(scheme)) {
      throw new IllegalArgumentException(
          "the Realtime URL must begin with wss:// or ws://: " + url);
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException("the Realtime URL names no host: " + url);
    }
    if (!HEADER_NAME.matcher(keyHeader).matches()) {
      throw new IllegalArgumentException("not the name of a header: " + keyHeader);
    }
    if (key.isBlank() || !HEADER_VALUE.matcher(keyPrefix + key).matches()) {
      throw new IllegalArgumentException("the key for " + url + " cannot be sent in a header");
    }
  }

  /** A service that takes its key as OpenAI does: {@code Authorization: Bearer …}. */
  public static RealtimeAddress withBearerKey(URI url, String model, String key) {
    return new RealtimeAddress(url, model, "Authorization", "Bearer ", key);
  }

  /** A service that takes its key as Azure OpenAI does: {@code api-key: …}. */
  public static RealtimeAddress withApiKey(URI url, String model, String key) {
    return new RealtimeAddress(url, model, "api-key", "", key);
  }

  /** The URL to connect to: with the model in its query, unless it names one already. */
  URI connectUrl() {
    String query = url.getRawQuery();
    if (query != null && MODEL_IN_QUERY.matcher(query).find()) {
      return url;
    }
    String separator = query == null ? "?" : query.isEmpty() ? "" : "&";
    return URI.create(
        url + separator + "model=" + URLEncoder.encode(model, StandardCharsets.UTF_8));
  }

  String keyHeaderValue() {
    return keyPrefix + key;
  }

  @Override
  public String toString() {
    return "RealtimeAddress[url=" + url + ", model=" + model + ", keyHeader=" + keyHeader + "]";
  }
}

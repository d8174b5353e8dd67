package dev.concierge.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.concierge.call.IdempotencyKey;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Idempotency-Key} of a request. */
final class RequestKey {

  static final String HEADER = "Idempotency-Key";

  /** As long as Stripe's may be. */
  private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private static final ObjectWriter CANONICAL =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build().writer();

  private RequestKey() {}

  /**
   * The key with the fingerprint of what is asked. The order of members, white space and members
   * that are {@code null} make no difference. Words are compared as they were said: {@code
   * tomorrow} asked for again after midnight is still the same request.
   *
   * @param headers the values of the header; {@code null} or empty where it is missing
   * @throws ProblemException if the key will not do
   */
  static Optional<IdempotencyKey> read(
      @Nullable List<String> headers, Map<String, JsonNode> members) {
    if (headers == null || headers.isEmpty()) {
      return Optional.empty();
    }
    String name = headers.get(0);
    if (headers.size() > 1 || !SHAPE.matcher(name).matches()) {
      throw ProblemException.of(
          Problem.of(
              Status.BAD_REQUEST,
              "The header Idempotency-Key must come once, with 1 to 255 printable ASCII characters"
                  + " and no space."));
    }
    return Optional.of(new IdempotencyKey(name, fingerprint(members)));
  }

  static ProblemException reused() {
    return ProblemException.of(
        Problem.of(
            Status.CONFLICT,
            "This Idempotency-Key was used for another request. Nobody was called; use a new key"
                + " for a new request."));
  }

  private static String fingerprint(Map<String, JsonNode> members) {
    try {
      String canonical = CANONICAL.writeValueAsString(new TreeMap<>(members));
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

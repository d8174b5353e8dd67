package dev.concierge.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON object in the body of a request. */
final class JsonBody {

  private static final ObjectReader STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private JsonBody() {}

  /**
   * The members of the object; one that is {@code null} is as good as missing.
   *
   * @throws ProblemException if it is not a JSON object
   */
  static Map<String, JsonNode> members(InputStream body) throws IOException {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object(body).properties()) {
      if (!member.getValue().isNull()) {
        members.put(member.getKey(), member.getValue());
      }
    }
    return members;
  }

  private static JsonNode object(InputStream body) throws IOException {
    try {
      JsonNode tree = STRICT.readTree(body);
      if (tree.isObject()) {
        return tree;
      }
      throw notAnObject("it is something else");
    } catch (JsonProcessingException e) {
      throw notAnObject(String.valueOf(e.getOriginalMessage()));
    }
  }

  private static ProblemException notAnObject(String why) {
    return ProblemException.of(
        Problem.of(Status.BAD_REQUEST, "The body must be one JSON object: " + why + "."));
  }
}

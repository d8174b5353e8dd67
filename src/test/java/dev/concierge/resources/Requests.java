package dev.concierge.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bodies of requests for a call. */
final class Requests {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Requests() {}

  /** All that must be said and nothing more; the number is a New York one. */
  static ObjectNode valid() {
    return JSON.createObjectNode()
        .put("to", "+12125550123")
        .put("restaurant_name", "Chez Test")
        .put("party_size", 4)
        .put("date", "tomorrow")
        .put("time", "7pm");
  }

  static String withRestaurant(String name) {
    return valid().put("restaurant_name", name).toString();
  }

  /** A valid one with one field replaced by that JSON; without it where there is none. */
  static ObjectNode with(String field, String json) {
    ObjectNode request = valid();
    if (json == null) {
      return request.without(field);
    }
    return request.set(field, parse(json));
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

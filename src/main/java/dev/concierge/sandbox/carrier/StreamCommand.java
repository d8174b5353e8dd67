package dev.concierge.sandbox.carrier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;

/** What a Media Streams server may send. Anything else is a protocol error (31924). */
sealed interface StreamCommand {

  /** Audio to be played after all that came before. */
  record Media(byte[] audio) implements StreamCommand {}

  /** A name to be given back when all audio before it has been played. */
  record Mark(String name) implements StreamCommand {}

  /** Drops what is not yet played. */
  record Clear() implements StreamCommand {}

  /**
   * Reads one message.
   *
   * @param streamSid the stream it came on, which it must name
   * @throws MalformedException if Twilio would call it a protocol error
   */
  static StreamCommand parse(String json, String streamSid) throws MalformedException {
    JsonNode message = read(json);
    if (!message.path("streamSid").asText().equals(streamSid)) {
      throw new MalformedException("streamSid is not the stream's");
    }
    return switch (message.path("event").asText()) {
      case "media" -> new Media(audio(message.at("/media/payload")));
      case "mark" -> new Mark(text(message.at("/mark/name"), "mark.name"));
      case "clear" -> new Clear();
      default -> throw new MalformedException("event is none of media, mark, clear");
    };
  }

  private static JsonNode read(String json) throws MalformedException {
    try {
      return StreamMessages.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new MalformedException("not JSON");
    }
  }

  private static byte[] audio(JsonNode payload) throws MalformedException {
    try {
      return Base64.getDecoder().decode(text(payload, "media.payload"));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("media.payload is not base64");
    }
  }

  private static String text(JsonNode node, String name) throws MalformedException {
    if (!node.isTextual()) {
      throw new MalformedException(name + " is not a string");
    }
    return node.textValue();
  }

  /** A message that is none of these. */
  final class MalformedException extends Exception {

    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }
}

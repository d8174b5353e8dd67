package dev.concierge.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.concierge.twilio.MediaMessage.Connected;
import dev.concierge.twilio.MediaMessage.Dtmf;
import dev.concierge.twilio.MediaMessage.Mark;
import dev.concierge.twilio.MediaMessage.Media;
import dev.concierge.twilio.MediaMessage.MediaFormat;
import dev.concierge.twilio.MediaMessage.Start;
import dev.concierge.twilio.MediaMessage.Stop;
import dev.concierge.twilio.MediaMessage.Unknown;
import dev.concierge.twilio.MediaMessage.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Reads what Twilio sends on a media stream. Takes any bytes and never throws. */
final class MediaMessageParser {

  private static final ObjectReader JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  private MediaMessageParser() {}

  /**
   * Reads a message.
   *
   * @param utf8 its text; what is not UTF-8 in it is read as U+FFFD
   */
  static MediaMessage parse(byte[] utf8) {
    Media media = MediaScanner.scan(utf8);
    return media == null ? parseAny(new String(utf8, StandardCharsets.UTF_8)) : media;
  }

  /** Reads any message, with the JSON parser. */
  static MediaMessage parseAny(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      String event = textOf(message, "event");
      return switch (event) {
        case "media" -> media(message.path("media"));
        case "mark" -> new Mark(textOf(message.path("mark"), "name"));
        case "dtmf" -> new Dtmf(textOf(message.path("dtmf"), "digit"));
        case "start" -> start(message.path("start"));
        case "stop" -> new Stop();
        case "connected" -> new Connected();
        default -> new Unknown(event);
      };
    } catch (JsonProcessingException e) {
      return new Unreadable("not JSON");
    } catch (IllegalArgumentException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static Media media(JsonNode media) {
    return new Media(
        textOf(media, "track"),
        numberOf(media, "timestamp"),
        Base64.getDecoder().decode(textOf(media, "payload")));
  }

  private static Start start(JsonNode start) {
    Map<String, String> parameters = new HashMap<>();
    start
        .path("customParameters")
        .properties()
        .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
    JsonNode format = start.path("mediaFormat");
    return new Start(
        textOf(start, "streamSid"),
        textOf(start, "callSid"),
        parameters,
        new MediaFormat(
            textOf(format, "encoding"),
            numberOf(format, "sampleRate"),
            numberOf(format, "channels")));
  }

  private static String textOf(JsonNode node, String name) {
    JsonNode field = node.path(name);
    if (!field.isTextual()) {
      throw new IllegalArgumentException(name + " is missing or no text");
    }
    return field.textValue();
  }

  /** Twilio writes its numbers as strings of digits, and may one day write them as numbers. */
  private static long numberOf(JsonNode node, String name) {
    JsonNode field = node.path(name);
    if (!field.isTextual() && !field.canConvertToLong()) {
      throw new IllegalArgumentException(name + " is missing or no number");
    }
    long number = field.isTextual() ? Long.parseLong(field.textValue()) : field.longValue();
    if (number < 0) {
      throw new IllegalArgumentException(name + " is negative");
    }
    return number;
  }
}

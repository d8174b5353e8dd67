package dev.concierge.twilio;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Base64;

/**
 * What we send on one media stream, as JSON text. Only the audio changes from message to message,
 * so all around it is written once.
 */
final class MediaEnvelope {

  private final String mediaHead;
  private final String markHead;
  private final String clear;

  MediaEnvelope(String streamSid) {
    String stream = "\"streamSid\":" + quoted(streamSid);
    mediaHead = "{\"event\":\"media\"," + stream + ",\"media\":{\"payload\":\"";
    markHead = "{\"event\":\"mark\"," + stream + ",\"mark\":{\"name\":";
    clear = "{\"event\":\"clear\"," + stream + "}";
  }

  String media(byte[] mulaw) {
    return mediaHead + Base64.getEncoder().encodeToString(mulaw) + "\"}}";
  }

  String mark(String name) {
    return markHead + quoted(name) + "}}";
  }

  String clear() {
    return clear;
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}

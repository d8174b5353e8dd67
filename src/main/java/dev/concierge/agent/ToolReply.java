package dev.concierge.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What the model is told about its tool call, as JSON text. */
final class ToolReply {

  private ToolReply() {}

  static String ok(String message) {
    return reply(true, message);
  }

  static String error(String message) {
    return reply(false, message);
  }

  private static String reply(boolean ok, String message) {
    return JsonNodeFactory.instance.objectNode().put("ok", ok).put("message", message).toString();
  }
}

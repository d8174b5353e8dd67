package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.sandbox.model.Reply.ToolUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A tool being called: its arguments come in bits. */
final class ToolCallOutput extends OutputItem {

  private static final Duration THINKING = Duration.ofMillis(100);
  private static final Duration PER_BIT = Duration.ofMillis(10);
  private static final int BIT_CHARACTERS = 24;

  private final ToolUse use;
  private int told;

  ToolCallOutput(Wire wire, String responseId, int outputIndex, ToolUse use) {
    super(wire, responseId, outputIndex, Item.functionCall(use.name()));
    this.use = use;
  }

  @Override
  Duration thinking() {
    return THINKING;
  }

  @Override
  void begin() {}

  @Override
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    String arguments = use.argumentsJson();
    for (int at = 0; at < arguments.length(); at += BIT_CHARACTERS) {
      int end = Math.min(arguments.length(), at + BIT_CHARACTERS);
      steps.add(new Step(PER_BIT, () -> tellUpTo(end)));
    }
    return steps;
  }

  private void tellUpTo(int end) {
    String bit = use.argumentsJson().substring(told, end);
    told = end;
    item().json().put("arguments", use.argumentsJson().substring(0, end));
    send(call("response.function_call_arguments.delta").put("delta", bit));
  }

  @Override
  void end() {
    send(
        call("response.function_call_arguments.done")
            .put("name", use.name())
            .put("arguments", use.argumentsJson().substring(0, told)));
  }

  private ObjectNode call(String type) {
    return event(type).put("call_id", item().json().get("call_id").textValue());
  }
}

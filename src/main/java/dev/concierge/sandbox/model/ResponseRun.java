package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.sandbox.model.OutputItem.Step;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One response on its way: the items come one after another, step by step, until all is told or
 * somebody cuts it short. The order of events is the vendor's.
 *
 * <p>Under the session's lock.
 */
final class ResponseRun {

  private final String id;
  private final ObjectNode json;
  private final Wire wire;
  private final Timers timers;
  private final Conversation conversation;
  private final Usage usage;
  private final Runnable onEnd;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<Item> output = new ArrayList<>();
  private @Nullable OutputItem current;

  /**
   * @param audio format and voice, as they are told to the client
   * @param onEnd runs when the response is done, however it ended
   */
  ResponseRun(
      String id,
      ObjectNode audio,
      Wire wire,
      Timers timers,
      Conversation conversation,
      Usage usage,
      Runnable onEnd) {
    this.id = id;
    this.wire = wire;
    this.timers = timers;
    this.conversation = conversation;
    this.usage = usage;
    this.onEnd = onEnd;
    json = JsonNodeFactory.instance.objectNode();
    json.put("object", "realtime.response").put("id", id).put("status", "in_progress");
    json.putNull("status_details").putArray("output");
    json.put("conversation_id", conversation.id()).putArray("output_modalities").add("audio");
    json.put("max_output_tokens", "inf").putNull("usage").putNull("metadata");
    json.putObject("audio").set("output", audio);
  }

  String id() {
    return id;
  }

  void start(List<OutputItem> items) {
    for (OutputItem item : items) {
      steps.add(new Step(item.thinking(), () -> begin(item)));
      steps.addAll(item.steps());
      steps.add(new Step(Duration.ZERO, () -> end(item, "completed")));
    }
    send("response.created");
    next();
  }

  /** Cuts it short; what was told stays. */
  void cancel(String reason) {
    OutputItem unfinished = current;
    if (unfinished != null) {
      end(unfinished, "incomplete");
    }
    json.putObject("status_details").put("type", "cancelled").put("reason", reason);
    finish("cancelled");
  }

  private void next() {
    Step step = steps.poll();
    if (step == null) {
      finish("completed");
    } else if (step.after().isZero()) {
      step.action().run();
      next();
    } else {
      timers.after(step.after(), () -> take(step));
    }
  }

  private void take(Step step) {
    if (json.get("status").textValue().equals("in_progress")) {
      step.action().run();
      next();
    }
  }

  private void begin(OutputItem item) {
    current = item;
    sendItem("response.output_item.added", item);
    conversation.add(item.item());
    sendInConversation("conversation.item.added", item.item());
    item.begin();
  }

  private void end(OutputItem item, String status) {
    item.end();
    item.item().end(status);
    current = null;
    output.add(item.item());
    sendItem("response.output_item.done", item);
    sendInConversation("conversation.item.done", item.item());
  }

  private void finish(String status) {
    steps.clear();
    json.put("status", status);
    output.forEach(item -> json.withArray("output").add(item.json().deepCopy()));
    json.set("usage", usage.of(output));
    send("response.done");
    wire.send(rateLimits());
    onEnd.run();
  }

  /** There are none here, but a client is told of them after every response. */
  private static ObjectNode rateLimits() {
    ObjectNode event = Wire.event("rate_limits.updated");
    ObjectNode tokens = event.putArray("rate_limits").addObject();
    tokens.put("name", "tokens").put("limit", 1_000_000).put("remaining", 1_000_000);
    tokens.put("reset_seconds", 0.0);
    return event;
  }

  private void send(String type) {
    ObjectNode event = Wire.event(type);
    event.set("response", json.deepCopy());
    wire.send(event);
  }

  private void sendItem(String type, OutputItem item) {
    ObjectNode event = Wire.event(type).put("response_id", id);
    event.put("output_index", item.outputIndex()).set("item", item.item().json().deepCopy());
    wire.send(event);
  }

  private void sendInConversation(String type, Item item) {
    ObjectNode event = Wire.event(type).put("previous_item_id", conversation.idBefore(item));
    event.set("item", item.json().deepCopy());
    wire.send(event);
  }
}

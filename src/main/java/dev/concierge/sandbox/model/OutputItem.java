package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** An item that a response brings forth bit by bit. */
abstract class OutputItem {

  private final Wire wire;
  private final String responseId;
  private final int outputIndex;
  private final Item item;

  OutputItem(Wire wire, String responseId, int outputIndex, Item item) {
    this.wire = wire;
    this.responseId = responseId;
    this.outputIndex = outputIndex;
    this.item = item;
  }

  /**
   * Something to be done a while after what went before.
   *
   * @param after in sandbox time
   */
  record Step(Duration after, Runnable action) {}

  /** How long it takes before there is anything. */
  abstract Duration thinking();

  /** Tells what comes before the bits. */
  abstract void begin();

  abstract List<Step> steps();

  /** Tells what there is in the end: all of it, or as much as there was when it was cut short. */
  abstract void end();

  final Item item() {
    return item;
  }

  final int outputIndex() {
    return outputIndex;
  }

  /** An event about this item. */
  final ObjectNode event(String type) {
    return Wire.event(type)
        .put("response_id", responseId)
        .put("item_id", item.id())
        .put("output_index", outputIndex);
  }

  final void send(ObjectNode event) {
    wire.send(event);
  }
}

package dev.concierge.sandbox.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said in a session, in order.
 *
 * <p>Not thread-safe: its session owns it.
 */
final class Conversation {

  private final String id = Ids.next("conv_");
  private final List<Item> items = new ArrayList<>();
  private boolean spoken;

  String id() {
    return id;
  }

  List<Item> items() {
    return items;
  }

  /** Whether the model has ever spoken. */
  boolean isSpoken() {
    return spoken;
  }

  void markSpoken() {
    spoken = true;
  }

  void add(Item item) {
    items.add(item);
  }

  /**
   * Puts an item after another.
   *
   * @param previousId {@code root} for the very beginning, {@code null} for the end
   */
  void insert(Item item, @Nullable String previousId) {
    boolean known = items.stream().anyMatch(other -> other.id().equals(item.id()));
    if (known) {
      throw new RejectedEventException(
          "item_create_duplicate_id",
          "item.id",
          "Error creating item: an item with id '%s' already exists.".formatted(item.id()));
    }
    if (previousId == null) {
      items.add(item);
    } else if (previousId.equals("root")) {
      items.add(0, item);
    } else {
      items.add(items.indexOf(find(previousId, "create", "previous_item_id")) + 1, item);
    }
  }

  void remove(Item item) {
    items.remove(item);
  }

  /**
   * @param doing what the client wants with it, as the vendor's code has it
   * @param param the field that names it
   */
  Item find(String itemId, String doing, String param) {
    return items.stream()
        .filter(item -> item.id().equals(itemId))
        .findFirst()
        .orElseThrow(
            () ->
                new RejectedEventException(
                    "item_" + doing + "_invalid_item_id",
                    param,
                    "Error: the item with id '%s' does not exist.".formatted(itemId)));
  }

  /** The item before another; {@code null} for the first. */
  @Nullable String idBefore(Item item) {
    int index = items.indexOf(item);
    return index < 1 ? null : items.get(index - 1).id();
  }

  /** The last item; {@code null} where nothing was said. */
  @Nullable String lastId() {
    return items.isEmpty() ? null : items.get(items.size() - 1).id();
  }
}

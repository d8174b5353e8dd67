package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Counts what responses cost. Each reads the whole conversation again, as the vendor bills it; what
 * the one before it had read already comes from the cache.
 *
 * <p>Not thread-safe: its session owns it.
 */
final class Usage {

  /** The vendor caches in blocks. */
  private static final long CACHE_BLOCK_TOKENS = 64;

  private Tokens read = Tokens.NONE;
  private Tokens cached = Tokens.NONE;

  /** A response reads the conversation as it is now. */
  void read(SessionConfig config, List<Item> conversation) {
    cached = read.wholeBlocks();
    long text = Item.tokens(config.instructions()) + Item.tokens(config.toolText());
    read = Tokens.of(conversation).plus(new Tokens(text, 0));
    cached = cached.atMost(read);
  }

  /** What the response costs that has read last and brought this forth. */
  ObjectNode of(List<Item> output) {
    long words = output.stream().mapToLong(item -> Item.tokens(item.text())).sum();
    Tokens written = Tokens.of(output).plus(new Tokens(words, 0));
    ObjectNode usage = JsonNodeFactory.instance.objectNode();
    usage.put("total_tokens", read.total() + written.total());
    usage.put("input_tokens", read.total()).put("output_tokens", written.total());
    ObjectNode input = read.into(usage.putObject("input_token_details"));
    input.put("image_tokens", 0).put("cached_tokens", cached.total());
    cached.into(input.putObject("cached_tokens_details")).put("image_tokens", 0);
    written.into(usage.putObject("output_token_details"));
    return usage;
  }

  private record Tokens(long text, long audio) {

    static final Tokens NONE = new Tokens(0, 0);

    static Tokens of(List<Item> items) {
      return new Tokens(
          items.stream().mapToLong(Item::textTokens).sum(),
          items.stream().mapToLong(Item::audioTokens).sum());
    }

    long total() {
      return text + audio;
    }

    Tokens plus(Tokens other) {
      return new Tokens(text + other.text, audio + other.audio);
    }

    Tokens atMost(Tokens other) {
      return new Tokens(Math.min(text, other.text), Math.min(audio, other.audio));
    }

    Tokens wholeBlocks() {
      return new Tokens(text - text % CACHE_BLOCK_TOKENS, audio - audio % CACHE_BLOCK_TOKENS);
    }

    ObjectNode into(ObjectNode node) {
      return node.put("text_tokens", text).put("audio_tokens", audio);
    }
  }
}

package dev.concierge.bridge;

import dev.concierge.audio.ChunkBuffer;
import dev.concierge.audio.MuLaw;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The callee's audio on its way to the model: cut into exact chunks, and kept in order until the
 * model is ready to hear it.
 */
final class CallerAudio {

  /**
   * How long an incomplete chunk may wait for the rest. With the time a timer takes this stays
   * below 100 ms.
   */
  private static final long REMAINDER_MS = 80;

  /** How much is kept for a model that is not ready; longer than any model is waited for. */
  private static final Duration KEPT = Duration.ofSeconds(20);

  private final ChunkBuffer chunks;
  private final ArrayDeque<byte[]> kept = new ArrayDeque<>();
  private final Deadline remainder = new Deadline();
  private final Consumer<byte[]> model;
  private boolean open;
  private long keptBytes;
  private long droppedBytes;

  CallerAudio(Duration chunk, Consumer<byte[]> model) {
    this.chunks = new ChunkBuffer((int) MuLaw.bytesOf(chunk.toMillis()));
    this.model = model;
  }

  void add(byte[] audio, long nowMs) {
    chunks.add(audio, this::pass);
    if (chunks.isEmpty()) {
      remainder.clear();
    } else if (!remainder.isSet()) {
      remainder.set(nowMs + REMAINDER_MS);
    }
  }

  /** The model is ready: it hears all that was kept, and from now on every chunk at once. */
  void open() {
    open = true;
    kept.forEach(model);
    kept.clear();
    keptBytes = 0;
  }

  void onTime(long nowMs) {
    if (remainder.takeIfDue(nowMs)) {
      chunks.flush(this::pass);
    }
  }

  /** When {@link #onTime} wants to be called. */
  long deadlineMs() {
    return remainder.atMs();
  }

  /** How far the model's count of the audio lies behind the line's, because some was dropped. */
  long droppedMs() {
    return MuLaw.msOf(droppedBytes);
  }

  private void pass(byte[] chunk) {
    if (open) {
      model.accept(chunk);
      return;
    }
    kept.add(chunk);
    keptBytes += chunk.length;
    while (keptBytes > MuLaw.bytesOf(KEPT.toMillis())) {
      int oldest = kept.remove().length;
      keptBytes -= oldest;
      droppedBytes += oldest;
    }
  }
}

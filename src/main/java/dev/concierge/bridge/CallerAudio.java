package dev.concierge.bridge;

import dev.concierge.audio.ChunkBuffer;
import dev.concierge.audio.MuLaw;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The callee's audio on its way to the model: cut into exact chunks, and kept in order until the
 * model is ready to hear it.
 *
 * <p>Audio that was lost on the way to us, as the carrier's timestamps tell, is silence: so the
 * model's service does not join the words before and after, and its count of the audio stays the
 * line's.
 */
final class CallerAudio {

  /**
   * How long an incomplete chunk may wait for the rest: with a tick, below 100 ms. A chunk of more
   * than 60 ms may wait for as long as it is itself, since its rest can take that long.
   */
  private static final long REMAINDER_MS = 75;

  /** By how much frames may come late without cutting a long chunk short. */
  private static final long LATE_MS = 15;

  /** How much is kept for a model that is not ready; longer than any model is waited for. */
  private static final Duration KEPT = Duration.ofSeconds(20);

  private final ChunkBuffer chunks;
  private final ArrayDeque<byte[]> kept = new ArrayDeque<>();
  private final Deadline remainder = new Deadline();
  private final long remainderMs;
  private final LineClock lineClock;
  private final Consumer<byte[]> model;
  private final Consumer<byte[]> pass = this::pass;
  private boolean open;
  private boolean chunkPassed;
  private long keptBytes;

  CallerAudio(Duration chunk, LineClock lineClock, Consumer<byte[]> model) {
    this.chunks = new ChunkBuffer((int) MuLaw.bytesOf(chunk.toMillis()));
    this.remainderMs = Math.max(REMAINDER_MS, chunk.toMillis() + LATE_MS);
    this.lineClock = lineClock;
    this.model = model;
  }

  void add(CallerEvent.Media media, long nowMs) {
    long missingMs = lineClock.missingMs(media.timestampMs());
    if (missingMs > 0) {
      byte[] silence = new byte[(int) MuLaw.bytesOf(missingMs)];
      Arrays.fill(silence, MuLaw.SILENCE);
      add(silence);
    }
    chunkPassed = false;
    add(media.audio());
    if (chunks.isEmpty()) {
      remainder.clear();
    } else if (chunkPassed || !remainder.isSet()) {
      // What remains has come with this very frame.
      remainder.set(nowMs + remainderMs);
    }
  }

  private void add(byte[] audio) {
    lineClock.passed(audio.length);
    chunks.add(audio, pass);
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
      chunks.flush(pass);
    }
  }

  /** No more of it comes. */
  void end() {
    remainder.clear();
    chunks.flush(pass);
  }

  /** When {@link #onTime} wants to be called. */
  long deadlineMs() {
    return remainder.atMs();
  }

  private void pass(byte[] chunk) {
    chunkPassed = true;
    if (open) {
      model.accept(chunk);
      return;
    }
    kept.add(chunk);
    keptBytes += chunk.length;
    while (keptBytes > MuLaw.bytesOf(KEPT.toMillis())) {
      int oldest = kept.remove().length;
      keptBytes -= oldest;
      lineClock.dropped(oldest);
    }
  }
}

package dev.concierge.sandbox.carrier;

import dev.concierge.audio.MuLaw;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What waits to be played to the callee: audio of any sizes, and the marks between it. A mark
 * returns when all audio given before it has been played, or was cleared.
 *
 * <p>Not thread-safe: one stream owns it.
 */
final class Playout {

  /** Twilio keeps ten minutes and discards the rest (warning 31931). */
  static final long CAPACITY_BYTES = MuLaw.bytesOf(10 * 60 * 1000L);

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private long bufferedBytes;
  private int playedOfFirst;

  /** Adds audio; {@code false} if the buffer is full and it was discarded. */
  boolean add(byte[] audio) {
    if (bufferedBytes + audio.length > CAPACITY_BYTES) {
      return false;
    }
    if (audio.length > 0) {
      pieces.add(new Audio(audio));
      bufferedBytes += audio.length;
    }
    return true;
  }

  /** Adds a mark, which returns at once where nothing is buffered. */
  void mark(String name, Consumer<String> returned) {
    if (pieces.isEmpty()) {
      returned.accept(name);
    } else {
      pieces.add(new Mark(name));
    }
  }

  /** Drops the audio; the outstanding marks return, in order. */
  void clear(Consumer<String> returned) {
    List<Piece> dropped = List.copyOf(pieces);
    pieces.clear();
    bufferedBytes = 0;
    playedOfFirst = 0;
    dropped.stream()
        .flatMap(piece -> piece instanceof Mark mark ? Stream.of(mark.name()) : Stream.empty())
        .forEach(returned);
  }

  /** The next 20 ms, silence where there is not enough; gives back the marks that they reach. */
  byte[] play(Consumer<String> returned) {
    byte[] frame = new byte[MuLaw.FRAME_BYTES];
    Arrays.fill(frame, MuLaw.SILENCE);
    int filled = 0;
    while (pieces.peek() instanceof Audio first && filled < frame.length) {
      filled += take(first.bytes(), frame, filled);
      returnMarks(returned);
    }
    return frame;
  }

  private int take(byte[] audio, byte[] frame, int filled) {
    int part = Math.min(audio.length - playedOfFirst, frame.length - filled);
    System.arraycopy(audio, playedOfFirst, frame, filled, part);
    playedOfFirst += part;
    bufferedBytes -= part;
    if (playedOfFirst == audio.length) {
      pieces.remove();
      playedOfFirst = 0;
    }
    return part;
  }

  private void returnMarks(Consumer<String> returned) {
    while (pieces.peek() instanceof Mark mark) {
      pieces.remove();
      returned.accept(mark.name());
    }
  }

  private sealed interface Piece {}

  private record Audio(byte[] bytes) implements Piece {}

  private record Mark(String name) implements Piece {}
}

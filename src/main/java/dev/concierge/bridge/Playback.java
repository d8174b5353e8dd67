package dev.concierge.bridge;

import dev.concierge.audio.MuLaw;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was given to the line and how much of it has been played.
 *
 * <p>A mark follows each piece; a mark that comes back says that its piece was played. Between
 * marks the position is reckoned from the time since the piece began, never beyond its end. Marks
 * that only come back because of a clear are no longer known here, so they never count as played.
 */
final class Playback {

  /** How much later than it must have been played something counts as never to be played. */
  private static final long OVERDUE_MS = 10_000;

  private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
  private final Map<String, Long> playedBytes = new HashMap<>();
  private long waitingBytes;
  private long marks;
  private long frontSinceMs;

  private record Piece(String mark, String itemId, int bytes) {}

  /**
   * How much of an item was played when it was cut off.
   *
   * @param heardMs milliseconds of the item, from its beginning
   */
  record Cut(String itemId, long heardMs) {}

  /**
   * Notes a piece given to the line.
   *
   * @return the name of the mark to send after it; no two are the same in a conversation
   */
  String sent(String itemId, int bytes, long nowMs) {
    String mark = "m" + ++marks;
    if (waiting.isEmpty()) {
      frontSinceMs = nowMs;
    }
    waiting.add(new Piece(mark, itemId, bytes));
    waitingBytes += bytes;
    playedBytes.putIfAbsent(itemId, 0L);
    return mark;
  }

  /**
   * Notes that a mark came back.
   *
   * @return whether anything was played by it
   */
  boolean returned(String mark, long nowMs) {
    if (waiting.stream().noneMatch(piece -> piece.mark().equals(mark))) {
      return false;
    }
    Piece played;
    do {
      played = waiting.remove();
      waitingBytes -= played.bytes();
      playedBytes.merge(played.itemId(), (long) played.bytes(), Long::sum);
    } while (!played.mark().equals(mark));
    frontSinceMs = nowMs;
    return true;
  }

  boolean isPlaying() {
    return !waiting.isEmpty();
  }

  /** Whether anything of the item waits to be played. */
  boolean isPlaying(String itemId) {
    return waiting.stream().anyMatch(piece -> piece.itemId().equals(itemId));
  }

  /** How long what waits will play. */
  long waitingMs() {
    return MuLaw.msOf(waitingBytes);
  }

  /** When it is certain that the line does not play what it is given. */
  long overdueAtMs() {
    return waiting.isEmpty() ? Deadline.NEVER : frontSinceMs + waitingMs() + OVERDUE_MS;
  }

  /** How much of an item has been played by now, in milliseconds of the item. */
  long heardMs(String itemId, long nowMs) {
    long heard = playedBytes.getOrDefault(itemId, 0L);
    Piece front = waiting.peek();
    if (front != null && front.itemId().equals(itemId)) {
      heard += Math.min(front.bytes(), MuLaw.bytesOf(Math.max(0, nowMs - frontSinceMs)));
    }
    return MuLaw.msOf(heard);
  }

  /**
   * Forgets all that waits, because the line drops it.
   *
   * @return the items that were cut, the one that was being heard first
   */
  List<Cut> clear(long nowMs) {
    List<Cut> cuts = new ArrayList<>();
    waiting.stream()
        .map(Piece::itemId)
        .distinct()
        .forEach(itemId -> cuts.add(new Cut(itemId, heardMs(itemId, nowMs))));
    waiting.clear();
    waitingBytes = 0;
    cuts.forEach(cut -> forget(cut.itemId()));
    return cuts;
  }

  /** Forgets an item that is over. */
  void forget(String itemId) {
    playedBytes.remove(itemId);
  }
}

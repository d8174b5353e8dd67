package dev.concierge.bridge;

import dev.concierge.audio.MuLaw;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was given to the line and how much of it has been played.
 *
 * <p>A mark follows each piece; a mark that comes back says that its piece was played. Between
 * marks the position is reckoned from the time, see {@link #heardMs}. Marks that only come back
 * because of a clear are no longer known here, so they never count as played.
 */
final class Playback {

  /** How much later than it must have been played something counts as never to be played. */
  private static final long OVERDUE_MS = 10_000;

  /**
   * The longest way to the carrier and back that is believed: a mark that is later tells of a line
   * that plays late, not of a long way.
   */
  private static final long LONGEST_ROUND_TRIP_MS = 250;

  /** Two frames. A mark that is so much later than the quickest was held up on its way. */
  private static final long JITTER_MS = 40;

  private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
  private final Map<String, Item> items = new HashMap<>();
  private long marks;
  private long waitingBytes;
  private long roundTripMs = LONGEST_ROUND_TRIP_MS;

  /** When something was last begun to be played, or acknowledged. */
  private long progressMs;

  /** How much later the line plays than {@link Piece#startsMs} says; negative if it is ahead. */
  private long lateMs;

  /**
   * @param startsMs when it begins to play, if the line plays without a pause what it was given,
   *     and takes no time to be told
   */
  private record Piece(String mark, Item item, int bytes, long startsMs) {
    long endsMs() {
      return startsMs + MuLaw.msOf(bytes);
    }
  }

  private static final class Item {
    final String id;
    long playedBytes;
    int waitingPieces;

    Item(String id) {
      this.id = id;
    }
  }

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
    Piece last = waiting.peekLast();
    if (last == null) {
      lateMs = 0;
      progressMs = nowMs;
    }
    long startsMs = last == null ? nowMs : Math.max(nowMs - lateMs, last.endsMs());
    Item item = items.computeIfAbsent(itemId, Item::new);
    item.waitingPieces++;
    waitingBytes += bytes;
    waiting.add(new Piece(mark, item, bytes, startsMs));
    return mark;
  }

  /**
   * Notes that a mark came back.
   *
   * @return whether anything was played by it
   */
  boolean returned(String mark, long nowMs) {
    if (!isAwaited(mark)) {
      return false;
    }
    Piece played;
    do {
      played = waiting.remove();
      played.item().waitingPieces--;
      played.item().playedBytes += played.bytes();
      waitingBytes -= played.bytes();
    } while (!played.mark().equals(mark));
    progressMs = nowMs;
    learn(nowMs - played.endsMs());
    return true;
  }

  /** Almost always it is the first one's. */
  private boolean isAwaited(String mark) {
    for (Piece piece : waiting) {
      if (piece.mark().equals(mark)) {
        return true;
      }
    }
    return false;
  }

  /** A mark came back that long after its piece should have ended. */
  private void learn(long lagMs) {
    if (lagMs >= 0) {
      roundTripMs = Math.min(roundTripMs, lagMs);
    }
    lateMs = lateBy(lagMs);
  }

  /**
   * How late the line is, by the lag of a mark. The quickest mark of the call tells how long the
   * way there and back is; only what exceeds it by more than jitter is the line's.
   */
  private long lateBy(long lagMs) {
    long moreMs = lagMs - roundTripMs;
    return lagMs < 0 ? lagMs : moreMs > JITTER_MS ? moreMs : 0;
  }

  boolean isPlaying() {
    return !waiting.isEmpty();
  }

  /** Whether anything of the item waits to be played. */
  boolean isPlaying(String itemId) {
    Item item = items.get(itemId);
    return item != null && item.waitingPieces > 0;
  }

  /** How long what waits will play. */
  long waitingMs() {
    return MuLaw.msOf(waitingBytes);
  }

  /** When it is certain that the line does not play what it is given. */
  long overdueAtMs() {
    return waiting.isEmpty() ? Deadline.NEVER : progressMs + waitingMs() + OVERDUE_MS;
  }

  /**
   * How much of an item will have been played, in milliseconds of the item, when the line hears
   * what it is told now.
   *
   * <p>The way there takes as long for this as it took for the audio, so that it need not be known:
   * the line plays on for as long as it began late.
   */
  long heardMs(String itemId, long nowMs) {
    Item item = items.get(itemId);
    return item == null ? 0 : MuLaw.msOf(item.playedBytes + playedSinceMarks(item, nowMs));
  }

  private long playedSinceMarks(Item item, long nowMs) {
    Piece front = waiting.peek();
    if (front == null) {
      return 0;
    }
    // A mark that has not come back is at least as late as it would be now.
    long lineMs = nowMs - Math.max(lateMs, lateBy(nowMs - front.endsMs()));
    long played = 0;
    for (Piece piece : waiting) {
      if (piece.startsMs() >= lineMs) {
        break;
      }
      if (piece.item() == item) {
        played += Math.min(piece.bytes(), MuLaw.bytesOf(lineMs - piece.startsMs()));
      }
    }
    return played;
  }

  /**
   * Forgets all that waits, because the line drops it.
   *
   * @return the items that were cut, the one that was being heard first
   */
  List<Cut> clear(long nowMs) {
    List<Cut> cuts =
        waiting.stream()
            .map(Piece::item)
            .distinct()
            .map(item -> new Cut(item.id, heardMs(item.id, nowMs)))
            .toList();
    waiting.forEach(piece -> piece.item().waitingPieces = 0);
    waiting.clear();
    waitingBytes = 0;
    return cuts;
  }

  /** Forgets an item that is over. */
  void forget(String itemId) {
    items.remove(itemId);
  }
}

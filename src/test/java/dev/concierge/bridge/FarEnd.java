package dev.concierge.bridge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * A line far away: what it is given takes a while to get there, is played in real time, and its
 * marks take a while to come back. Nothing overtakes anything. It lives on the rig's clock.
 */
final class FarEnd {

  private final BridgeRig rig;
  private final Random random;
  private final int wayMs;
  private final int jitterMs;

  private final Deque<Sent> onTheWay = new ArrayDeque<>();
  private final Deque<Sent> buffered = new ArrayDeque<>();
  private final Deque<Sent> returning = new ArrayDeque<>();
  private int read;
  private long lastArrivalMs;
  private long lastReturnMs;
  private long playedMs;
  private long playedAtClearMs = -1;

  private static final class Sent {
    final String command;
    long atMs;
    long leftMs;

    Sent(String command, long atMs) {
      this.command = command;
      this.atMs = atMs;
      this.leftMs = command.startsWith("play ") ? Long.parseLong(command.substring(5)) / 8 : 0;
    }
  }

  /**
   * @param wayMs how long either way takes
   * @param jitterMs how much longer it may take
   */
  FarEnd(BridgeRig rig, Random random, int wayMs, int jitterMs) {
    this.rig = rig;
    this.random = random;
    this.wayMs = wayMs;
    this.jitterMs = jitterMs;
  }

  /** One millisecond passes. */
  void tick() {
    long nowMs = rig.clock.millis();
    while (read < rig.line.size()) {
      lastArrivalMs = Math.max(lastArrivalMs, nowMs + way());
      onTheWay.add(new Sent(rig.line.get(read++), lastArrivalMs));
    }
    while (!onTheWay.isEmpty() && onTheWay.peek().atMs <= nowMs) {
      arrive(onTheWay.remove());
    }
    play(nowMs);
    while (!returning.isEmpty() && returning.peek().atMs <= nowMs) {
      rig.markReturns(returning.remove().command.substring(5));
    }
  }

  private void arrive(Sent sent) {
    if (sent.command.equals("clear")) {
      playedAtClearMs = playedMs;
      buffered.forEach(left -> left.leftMs = 0);
    } else {
      buffered.add(sent);
    }
  }

  private void play(long nowMs) {
    giveMarksBack(nowMs);
    if (!buffered.isEmpty()) {
      buffered.peek().leftMs--;
      playedMs++;
    }
    giveMarksBack(nowMs);
  }

  private void giveMarksBack(long nowMs) {
    while (!buffered.isEmpty() && buffered.peek().leftMs <= 0) {
      Sent done = buffered.remove();
      if (done.command.startsWith("mark ")) {
        lastReturnMs = Math.max(lastReturnMs, nowMs + way());
        done.atMs = lastReturnMs;
        returning.add(done);
      }
    }
  }

  private int way() {
    return wayMs + random.nextInt(jitterMs + 1);
  }

  /** A new item begins: what is played from here on is its own. */
  void newItem() {
    playedMs = 0;
    playedAtClearMs = -1;
  }

  /** Whether nothing is under way in either direction, nor being played. */
  boolean isQuiet() {
    return read == rig.line.size()
        && onTheWay.isEmpty()
        && buffered.isEmpty()
        && returning.isEmpty();
  }

  /** How much of the item was played when the clear arrived; -1 as long as none did. */
  long playedAtClearMs() {
    return playedAtClearMs;
  }
}

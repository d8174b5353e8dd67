package dev.concierge.bridge;

/**
 * The line to the restaurant, as the bridge gives to it. A port: the Media Streams socket is behind
 * it.
 *
 * <p>No method blocks or throws. A socket that does not take what it is given is closed by the
 * implementation, and told to the bridge as a {@link CallerEvent.Lost}.
 */
public interface CallerLeg {

  /** Plays μ-law audio after all that was given before. May be given faster than it is played. */
  void play(byte[] mulaw);

  /**
   * Asks to be told, by {@link CallerEvent.MarkReturned}, when all given before has been played.
   */
  void mark(String name);

  /** Drops all audio that is not yet played. The outstanding marks come back. */
  void clear();

  /**
   * Has the carrier's own voice say the words, then hangs up: for when the model cannot speak. Ends
   * the stream.
   */
  void sayAndHangUp(String words);

  /** Hangs up. More than once is once. */
  void close();

  /** How much of what was given is not written yet, in bytes as sent. Any thread may ask. */
  default long waitingBytes() {
    return 0;
  }
}

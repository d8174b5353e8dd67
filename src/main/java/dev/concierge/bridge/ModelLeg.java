package dev.concierge.bridge;

import org.jspecify.annotations.Nullable;

/**
 * One session with the voice model, as the bridge gives to it. A port: the Realtime socket is
 * behind it.
 *
 * <p>No method blocks or throws. A socket that does not take what it is given is closed by the
 * implementation, and told to the bridge as a {@link ModelEvent.Lost}.
 */
public interface ModelLeg {

  /** Gives the model more of the callee's μ-law audio. */
  void append(byte[] mulaw);

  /** No more of the callee's audio comes: what is not yet taken for their words is. */
  void commit();

  /**
   * Has the model speak.
   *
   * @param cue what this one response is for, besides all that the session was told; {@code null}
   *     to go on with the conversation
   */
  void createResponse(@Nullable String cue);

  /** Has the model stop the response that is active. */
  void cancelResponse();

  /** Tells the model how much of what it said in an item was really heard, in milliseconds. */
  void truncate(String itemId, long heardMs);

  /** Answers a tool call. The model does not speak on until a response is created. */
  void answerTool(String toolCallId, String outputJson);

  /** Ends the session. More than once is once. */
  void close();

  /** How much of what was given is not written yet, in bytes as sent. Any thread may ask. */
  default long waitingBytes() {
    return 0;
  }
}

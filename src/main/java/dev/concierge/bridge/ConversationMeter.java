package dev.concierge.bridge;

import dev.concierge.call.CallFact;
import java.time.Duration;

/**
 * The port by which conversations are measured, all by one meter. Called by many threads, for every
 * frame: it must not block, throw, or take more than some tens of nanoseconds.
 */
public interface ConversationMeter {

  /** Measures nothing. */
  ConversationMeter NONE = new ConversationMeter() {};

  /** A frame of the callee's audio was taken from the line. */
  default void heard(int bytes) {}

  /** A piece of the agent's audio was given to the line. */
  default void played(int bytes) {}

  /**
   * How long a frame of the line took from being received to being handed to the model's socket, or
   * put to its chunk. Told of samples only.
   */
  default void passedToModel(Duration took) {}

  /**
   * How long a piece of the model's audio took from being received to being handed to the line's
   * socket. Told of samples only.
   */
  default void passedToLine(Duration took) {}

  /** How long a barge-in took from the model's word of it to the {@code clear} being handed out. */
  default void bargedIn(Duration took) {}

  /** How long after the stream's start the agent's first audio was given to the line. */
  default void firstAudio(Duration afterStart) {}

  /** How long after the callee stopped speaking the first audio of the answer was received. */
  default void firstDelta(Duration afterSpeech) {}

  /** How long after the callee stopped speaking the first audio of the answer went to the line. */
  default void firstMedia(Duration afterSpeech) {}

  /** What the model's service says is left of one of its limits. */
  default void rateLimit(ModelEvent.RateLimit limit) {}

  /** What the ledger was told of a conversation. */
  default void fact(CallFact fact) {}
}

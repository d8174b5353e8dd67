package dev.concierge.sandbox;

/**
 * Looks on at the calls' audio on both wires, to measure what lies between them. Called by whatever
 * thread sends or receives, before it sends and as soon as it has received: must be quick.
 *
 * <p>A call is known by its restaurant: the only name that both wires carry and nobody speaks.
 */
@FunctionalInterface
public interface WireWatch {

  /** Nobody looks on. */
  WireWatch NONE = (restaurant, moment, bytes) -> {};

  /**
   * Something happened.
   *
   * @param bytes of μ-law that were sent or received; 0 where it is not about audio
   */
  void on(String restaurant, Moment moment, int bytes);

  /** What may happen on the wires of one call. */
  enum Moment {
    STREAM_OPENED,
    CALLEE_SENT,
    MODEL_RECEIVED,
    MODEL_SENT,
    CALLEE_RECEIVED,
    /** The model told that it hears speech. */
    SPEECH_STARTED,
    /** The carrier was told to drop what is not yet played. */
    CLEARED,
    STREAM_CLOSED
  }
}

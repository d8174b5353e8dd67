package dev.concierge.sandbox.carrier;

import org.jspecify.annotations.Nullable;

/** A TwiML verb that is being carried out. */
interface RunningVerb {

  /**
   * Exchanges 20 ms with the callee.
   *
   * @return what the callee hears meanwhile; {@code null} when the verb is over
   */
  byte @Nullable [] exchange(byte[] fromCallee);

  /** Whether nothing can be exchanged yet. */
  default boolean isConnecting() {
    return false;
  }

  /** The callee pressed a key. */
  void press(String digit);

  /** Ends it before its time. More than once is once. */
  void close();
}

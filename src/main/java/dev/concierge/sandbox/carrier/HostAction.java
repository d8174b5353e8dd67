package dev.concierge.sandbox.carrier;

import java.time.Duration;

/** What a host does next on the line. */
sealed interface HostAction {

  /** Says a line. */
  record Say(String line) implements HostAction {}

  /** Says nothing for a while. */
  record Wait(Duration length) implements HostAction {}

  /** Sounds a tone. */
  record Beep(Duration length) implements HostAction {}

  /**
   * Presses one key of the telephone.
   *
   * @param digit 0 to 9, * or #
   */
  record Press(String digit) implements HostAction {}

  /** Hangs up. */
  record HangUp() implements HostAction {}
}

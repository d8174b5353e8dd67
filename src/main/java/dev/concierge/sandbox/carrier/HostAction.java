package dev.concierge.sandbox.carrier;

import java.time.Duration;
import java.util.Objects;

/** What a host does next on the line. */
sealed interface HostAction {

  /** Says a line. */
  record Say(String line) implements HostAction {
    Say {
      Objects.requireNonNull(line, "line is null");
    }
  }

  /** Says nothing for a while. */
  record Wait(Duration length) implements HostAction {
    Wait {
      Objects.requireNonNull(length, "length is null");
    }
  }

  /** Sounds a tone. */
  record Beep(Duration length) implements HostAction {
    Beep {
      Objects.requireNonNull(length, "length is null");
    }
  }

  /**
   * Presses one key of the telephone.
   *
   * @param digit 0 to 9, * or #
   */
  record Press(String digit) implements HostAction {
    Press {
      Objects.requireNonNull(digit, "digit is null");
    }
  }

  /** Hangs up. */
  record HangUp() implements HostAction {}
}

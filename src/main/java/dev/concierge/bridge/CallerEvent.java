package dev.concierge.bridge;

import dev.concierge.call.EndedReason;
import java.util.Objects;

/** What comes from the line to the restaurant. */
public sealed interface CallerEvent {

  /**
   * Audio of the callee.
   *
   * @param timestampMs where it lies on the line, in milliseconds since the stream started
   * @param audio μ-law bytes, of any length; not changed by anyone afterwards
   */
  record Media(long timestampMs, byte[] audio) implements CallerEvent {
    public Media {
      Objects.requireNonNull(audio, "audio is null");
    }
  }

  /** A mark came back: its audio was played, or cleared. */
  record MarkReturned(String name) implements CallerEvent {
    public MarkReturned {
      Objects.requireNonNull(name, "name is null");
    }
  }

  /** A key of the far telephone was pressed. */
  record KeyPressed(String digit) implements CallerEvent {
    public KeyPressed {
      Objects.requireNonNull(digit, "digit is null");
    }
  }

  /** The carrier ended the stream: the callee hung up, or the call was ended by request. */
  record Stopped() implements CallerEvent {}

  /** The stream broke. */
  record Lost(EndedReason reason, String detail) implements CallerEvent {
    public Lost {
      Objects.requireNonNull(reason, "reason is null");
      Objects.requireNonNull(detail, "detail is null");
    }
  }

  /** A message came that is none of these, or not well-formed; it was skipped. */
  record Ignored() implements CallerEvent {}
}

package dev.concierge.sandbox.voice;

/** How much of what was spoken was understood. */
public enum Completeness {
  /** One or more lines, every byte of them. */
  WHOLE,
  /** Intact from the beginning, but the last line was cut short; its text is the part heard. */
  CUT,
  /** Bytes are missing, changed or out of order, or nobody ever spoke them; there is no text. */
  UNINTELLIGIBLE
}

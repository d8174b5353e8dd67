package dev.concierge.bridge;

/** One moment a conversation waits for, if any, in milliseconds of its clock. */
final class Deadline {

  /** The moment that never comes. */
  static final long NEVER = Long.MAX_VALUE;

  private long atMs = NEVER;

  void set(long atMs) {
    this.atMs = atMs;
  }

  void clear() {
    atMs = NEVER;
  }

  boolean isSet() {
    return atMs != NEVER;
  }

  long atMs() {
    return atMs;
  }

  /** Whether the moment has come; if so it is over. */
  boolean takeIfDue(long nowMs) {
    if (nowMs < atMs) {
      return false;
    }
    clear();
    return true;
  }
}

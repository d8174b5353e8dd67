package dev.concierge;

/** The entry point. */
public final class ConciergeApplication {
  private ConciergeApplication() {}

  /** Runs a command, such as {@code demo} or {@code server config.yml}. */
  public static void main(String[] args) {}
}

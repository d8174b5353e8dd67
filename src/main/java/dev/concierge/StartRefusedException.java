package dev.concierge;

/** The service cannot start as it is configured. The message names the setting and the cure. */
final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param setting the variable, such as {@code TWILIO_FROM}
   * @param complaint what is wrong with it, as the rest of a sentence, and what would be right
   */
  StartRefusedException(String setting, String complaint) {
    super(setting + " " + complaint);
  }
}

package dev.concierge.call;

import org.jspecify.annotations.Nullable;

/** The carrier said no. Asking again with the same request would not help, unless it says so. */
public final class CarrierRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final EndedReason reason;
  private final @Nullable String code;

  /**
   * @param code the carrier's own error code, such as Twilio's {@code 21211}
   * @param message the carrier's own words
   */
  public CarrierRefusedException(EndedReason reason, @Nullable String code, String message) {
    super(message);
    this.reason = reason;
    this.code = code;
  }

  public EndedReason reason() {
    return reason;
  }

  public @Nullable String code() {
    return code;
  }

  /** The carrier's own words. */
  public String words() {
    return String.valueOf(getMessage());
  }
}

package dev.concierge.twilio;

/** The parameters of a media stream are not the ones we gave out for it. */
public final class ParametersRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with them. */
  public enum Reason {
    /** There is no signature, or no expiry. */
    MISSING,
    /** The signature is not ours, or not over these parameters. */
    CHANGED,
    /** They were good once. */
    EXPIRED,
    /** They are signed by us, and yet no brief: by another version, perhaps. */
    MALFORMED
  }

  private final Reason reason;

  ParametersRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

package dev.concierge.call;

/** The carrier did not answer as it should: what it did is not known and must be asked again. */
public final class CarrierUncertainException extends Exception {
  private static final long serialVersionUID = 1L;

  public CarrierUncertainException(String message, Throwable cause) {
    super(message, cause);
  }

  public CarrierUncertainException(String message) {
    super(message);
  }
}

package dev.concierge.call;

/** A client used one idempotency key for two different requests. */
public final class KeyReusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public KeyReusedException() {
    super("the key was used for another request");
  }
}

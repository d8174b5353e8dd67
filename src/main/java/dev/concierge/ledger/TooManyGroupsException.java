package dev.concierge.ledger;

/** A report would have more groups than it may. A narrower filter or a wider grouping helps. */
public final class TooManyGroupsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyGroupsException(int most) {
    super("more than " + most + " groups");
  }
}

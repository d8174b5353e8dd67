package dev.concierge.ledger;

import dev.concierge.call.CallId;

/** What the database holds of a call is damaged, so that nobody can say what became of it. */
public final class UnreadableCallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String callId;

  /** Without a cause: a parser quotes what it read, and that is people's words. */
  UnreadableCallException(String callId) {
    super("call " + callId + " can be read neither from its row nor from its facts");
    this.callId = callId;
  }

  /** Which call it is. */
  public CallId callId() {
    return new CallId(callId);
  }
}

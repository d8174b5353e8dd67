package dev.concierge.realtime;

import dev.concierge.call.EndedReason;
import java.net.URI;
import org.glassfish.tyrus.core.HandshakeException;

/** Why a socket could not be opened, told from what Tyrus throws. */
record ConnectFailure(EndedReason reason, String detail) {

  private static final int TOO_MANY_REQUESTS = 429;

  static ConnectFailure of(URI url, Throwable thrown) {
    Throwable root = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof HandshakeException refused) {
        return ofRefusal(refused);
      }
      root = cause;
    }
    return new ConnectFailure(
        EndedReason.MODEL_UNREACHABLE, "no session at " + url.getHost() + ": " + root);
  }

  private static ConnectFailure ofRefusal(HandshakeException refusal) {
    int status = refusal.getHttpStatusCode();
    String detail = "no upgrade: " + refusal.getMessage();
    if (status == TOO_MANY_REQUESTS) {
      return new ConnectFailure(EndedReason.MODEL_RATE_LIMITED, detail);
    }
    boolean refused = status >= 400 && status < 500;
    return new ConnectFailure(
        refused ? EndedReason.MODEL_REFUSED : EndedReason.MODEL_UNREACHABLE, detail);
  }
}

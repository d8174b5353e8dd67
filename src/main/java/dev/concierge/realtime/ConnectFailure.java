package dev.concierge.realtime;

import dev.concierge.call.EndedReason;
import org.glassfish.tyrus.core.HandshakeException;
import org.jspecify.annotations.Nullable;

/** Why a socket could not be opened, told from what Tyrus throws. */
record ConnectFailure(EndedReason reason, String detail) {

  private static final int TOO_MANY_REQUESTS = 429;

  static ConnectFailure of(Throwable thrown) {
    Throwable root = thrown;
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      if (cause instanceof HandshakeException refused) {
        return ofHttpStatus(refused.getHttpStatusCode());
      }
      root = cause;
    }
    return new ConnectFailure(EndedReason.MODEL_UNREACHABLE, root.toString());
  }

  private static @Nullable Throwable next(Throwable thrown) {
    return thrown.getCause();
  }

  private static ConnectFailure ofHttpStatus(int status) {
    String detail = "the service answered the upgrade with " + status;
    if (status == TOO_MANY_REQUESTS) {
      return new ConnectFailure(EndedReason.MODEL_RATE_LIMITED, detail);
    }
    boolean refused = status >= 400 && status < 500;
    return new ConnectFailure(
        refused ? EndedReason.MODEL_REFUSED : EndedReason.MODEL_UNREACHABLE, detail);
  }
}

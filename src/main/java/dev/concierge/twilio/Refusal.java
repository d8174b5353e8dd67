package dev.concierge.twilio;

import dev.concierge.call.EndedReason;
import org.jspecify.annotations.Nullable;

/** What Twilio means when it refuses to place a call, by the codes of its error dictionary. */
final class Refusal {

  private Refusal() {}

  /**
   * @param httpStatus from 400 to 499
   * @param code Twilio's own; {@code null} where its answer has none
   */
  static EndedReason reason(int httpStatus, @Nullable Integer code) {
    return switch (code == null ? 0 : code) {
      // Invalid; not reachable; not a number that can be called.
      case 13223, 13224, 21211, 21214, 21217 -> EndedReason.NUMBER_INVALID;
      // No permission for the country; a number that Twilio blocks.
      case 13225, 13227, 21215, 21216 -> EndedReason.NUMBER_NOT_ALLOWED;
      // Credentials; our own number, which is not ours or cannot call.
      case 20003, 21210, 21212, 21606 -> EndedReason.CARRIER_MISCONFIGURED;
      case 20429 -> EndedReason.CARRIER_RATE_LIMITED;
      default -> ofHttp(httpStatus);
    };
  }

  private static EndedReason ofHttp(int status) {
    return switch (status) {
      case 401, 403 -> EndedReason.CARRIER_MISCONFIGURED;
      case 429 -> EndedReason.CARRIER_RATE_LIMITED;
      default -> EndedReason.CARRIER_REFUSED;
    };
  }
}

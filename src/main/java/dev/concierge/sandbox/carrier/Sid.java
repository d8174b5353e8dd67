package dev.concierge.sandbox.carrier;

import java.util.UUID;

/** Makes Twilio's names: two letters for the kind and 32 hexadecimal digits. */
final class Sid {

  private Sid() {}

  static String call() {
    return "CA" + digits();
  }

  static String stream() {
    return "MZ" + digits();
  }

  private static String digits() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}

package dev.concierge.sandbox.carrier;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Twilio writes them in REST answers and status callbacks: RFC 2822, in UTC. */
final class TwilioDates {

  private static final DateTimeFormatter RFC_2822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
          .withZone(ZoneOffset.UTC);

  private TwilioDates() {}

  static String rfc2822(Instant instant) {
    return RFC_2822.format(instant);
  }
}

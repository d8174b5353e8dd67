package dev.concierge.twilio;

import dev.concierge.call.PhoneNumber;
import java.net.URI;
import java.util.Objects;

/**
 * Who we are at Twilio, and where its REST API is. Printing it does not tell the token.
 *
 * @param accountSid {@code AC…}
 * @param authToken the primary auth token; it signs Twilio's requests to us as well
 * @param from the number that calls; owned or verified by the account
 * @param baseUrl Twilio's own, or another address that speaks its REST API
 */
public record TwilioAccount(String accountSid, String authToken, PhoneNumber from, URI baseUrl) {

  public TwilioAccount {
    Objects.requireNonNull(accountSid, "accountSid is null");
    Objects.requireNonNull(authToken, "authToken is null");
    Objects.requireNonNull(from, "from is null");
    Objects.requireNonNull(baseUrl, "baseUrl is null");
  }

  @Override
  public String toString() {
    return "TwilioAccount[" + accountSid + ", from " + from + ", at " + baseUrl + "]";
  }
}

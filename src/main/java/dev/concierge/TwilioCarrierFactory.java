package dev.concierge;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.concierge.call.PhoneNumber;
import dev.concierge.twilio.TwilioAccount;
import java.net.URI;
import java.util.regex.Pattern;

/** Calls are placed with Twilio, or with another service that speaks its REST API. */
@JsonTypeName("twilio")
final class TwilioCarrierFactory implements CarrierFactory {

  private static final Pattern ACCOUNT_SID = Pattern.compile("AC[0-9a-fA-F]{32}");

  @JsonProperty private String accountSid = "";
  @JsonProperty private Secret authToken = Secret.NONE;
  @JsonProperty private String from = "";
  @JsonProperty private String baseUrl = "";

  @Override
  public boolean isReal() {
    return true;
  }

  @Override
  public boolean isElsewhere() {
    return !Addresses.isLoopback(address().getHost());
  }

  private URI address() {
    return Addresses.http("TWILIO_BASE_URL", baseUrl);
  }

  @Override
  public TwilioAccount account(SandboxSupply sandbox) {
    if (!ACCOUNT_SID.matcher(accountSid).matches()) {
      throw new StartRefusedException(
          "TWILIO_ACCOUNT_SID",
          "must be your account's SID, AC and 32 hexadecimal digits, when CARRIER is twilio.");
    }
    String token = authToken(sandbox);
    PhoneNumber number =
        PhoneNumber.parse(from)
            .orElseThrow(
                () ->
                    new StartRefusedException(
                        "TWILIO_FROM",
                        "must be a number of your Twilio account in E.164, such as +14155550123,"
                            + " when CARRIER is twilio."));
    return new TwilioAccount(accountSid, token, number, address());
  }

  @Override
  public String authToken(SandboxSupply sandbox) {
    if (authToken.isMissing()) {
      throw new StartRefusedException(
          "TWILIO_AUTH_TOKEN", "must be your account's primary auth token when CARRIER is twilio.");
    }
    return authToken.value();
  }
}

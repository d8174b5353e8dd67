package dev.concierge;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.concierge.twilio.TwilioAccount;

/**
 * Calls are placed with the sandbox's Twilio: no phone rings.
 *
 * <p>The settings of another carrier may stand beside it in the file; they are not for it.
 */
@JsonTypeName("sandbox")
@JsonIgnoreProperties(ignoreUnknown = true)
final class SandboxCarrierFactory implements CarrierFactory {

  @Override
  public boolean isReal() {
    return false;
  }

  @Override
  public boolean isElsewhere() {
    return false;
  }

  @Override
  public TwilioAccount account(SandboxSupply sandbox) throws Exception {
    return sandbox.account();
  }

  @Override
  public String authToken(SandboxSupply sandbox) {
    return sandbox.authToken();
  }
}

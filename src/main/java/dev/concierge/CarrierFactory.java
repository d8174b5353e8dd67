package dev.concierge;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.concierge.twilio.TwilioAccount;
import io.dropwizard.jackson.Discoverable;

/** The section {@code carrier} of the configuration: whose telephone calls are placed with. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
interface CarrierFactory extends Discoverable {

  /** Whether strangers' phones ring. */
  boolean isReal();

  /** Whether it is on another machine, which does not reach our loopback addresses. */
  boolean isElsewhere();

  /**
   * The account to place calls with.
   *
   * @throws StartRefusedException if a setting is missing or senseless
   */
  TwilioAccount account(SandboxSupply sandbox) throws Exception;

  /**
   * What the carrier signs its requests to us with.
   *
   * @throws StartRefusedException if a setting is missing or senseless
   */
  String authToken(SandboxSupply sandbox);
}

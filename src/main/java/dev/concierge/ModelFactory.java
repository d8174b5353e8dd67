package dev.concierge;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.concierge.realtime.RealtimeAddress;
import dev.concierge.realtime.SessionSettings;
import io.dropwizard.jackson.Discoverable;

/** The section {@code model} of the configuration: whose voice model speaks. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
interface ModelFactory extends Discoverable {

  /**
   * Where the model is and how we are let in.
   *
   * @throws StartRefusedException if a setting is missing or senseless
   */
  RealtimeAddress address(SandboxSupply sandbox) throws Exception;

  /**
   * How the model speaks and hears.
   *
   * @throws StartRefusedException if a setting is senseless
   */
  SessionSettings session();
}

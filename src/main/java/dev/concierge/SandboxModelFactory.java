package dev.concierge;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.concierge.realtime.RealtimeAddress;
import dev.concierge.realtime.SessionSettings;

/**
 * The sandbox's voice model: no key, no bill.
 *
 * <p>The settings of another model may stand beside it in the file; they are not for it.
 */
@JsonTypeName("sandbox")
@JsonIgnoreProperties(ignoreUnknown = true)
final class SandboxModelFactory implements ModelFactory {

  @Override
  public RealtimeAddress address(SandboxSupply sandbox) throws Exception {
    return sandbox.model();
  }

  @Override
  public SessionSettings session() {
    return SessionSettings.DEFAULTS;
  }
}

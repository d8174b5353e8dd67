package dev.concierge.call;

import java.util.Objects;

/**
 * All that a conversation needs to know. It rides in the Stream parameters, so the instance that
 * takes the WebSocket needs no lookup.
 */
public record Brief(CallId callId, Reservation reservation) {

  public Brief {
    Objects.requireNonNull(callId, "callId is null");
    Objects.requireNonNull(reservation, "reservation is null");
  }
}

package dev.concierge.resources;

import dev.concierge.call.Call;
import dev.concierge.call.CallId;
import dev.concierge.ledger.CallHistory;
import jakarta.ws.rs.core.Response.Status;

/** Finds the call that a path names, or ends the request with 404. */
final class KnownCall {

  private KnownCall() {}

  static Call find(CallHistory history, String id) {
    return history.find(id(id)).orElseThrow(KnownCall::unknown);
  }

  static CallId id(String id) {
    return CallId.parse(id).orElseThrow(KnownCall::unknown);
  }

  static ProblemException unknown() {
    return ProblemException.of(Problem.of(Status.NOT_FOUND, "There is no call of that name."));
  }
}

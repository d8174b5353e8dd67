package dev.concierge.resources;

import dev.concierge.ledger.UnreadableCallException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names the call that stands in the way, so that somebody can look at it. */
final class UnreadableProblem implements ExceptionMapper<UnreadableCallException> {

  private static final Logger LOG = LoggerFactory.getLogger(UnreadableProblem.class);

  @Override
  public Response toResponse(UnreadableCallException fault) {
    LOG.error("a request failed: {}", fault.getMessage());
    return Problem.of(
            Status.INTERNAL_SERVER_ERROR,
            "What the database holds of call %s is damaged: /calls/%s/verification says where."
                .formatted(fault.callId(), fault.callId()))
        .toResponse();
  }
}

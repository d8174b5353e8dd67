package dev.concierge.resources;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hides a fault of ours from the client, and leaves its story in the log under a name. */
final class UnexpectedProblem implements ExceptionMapper<Throwable> {

  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedProblem.class);

  @Override
  public Response toResponse(Throwable fault) {
    return report(fault);
  }

  static Response report(Throwable fault) {
    String instance = "urn:uuid:" + UUID.randomUUID();
    LOG.error("a request failed: {}", instance, fault);
    return Problem.fault(instance).toResponse();
  }
}

package dev.concierge.resources;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Refuses every body that is too long, also one that nobody would have read. It reads the body to
 * measure it, since a chunked one has no length until then; it is asked after the keys are.
 */
@PreMatching
@Priority(Priorities.ENTITY_CODER)
final class BodyLimitFilter implements ContainerRequestFilter {

  /** The longest body, in bytes: fifty times a request with everything in it. */
  static final int LONGEST = 64 * 1024;

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    if (!request.hasEntity()) {
      return;
    }
    byte[] body = request.getEntityStream().readNBytes(LONGEST + 1);
    if (body.length > LONGEST) {
      request.abortWith(
          Problem.of(
                  Status.REQUEST_ENTITY_TOO_LARGE,
                  "The body must be at most " + LONGEST + " bytes.")
              .toResponse());
      return;
    }
    request.setEntityStream(new ByteArrayInputStream(body));
  }
}

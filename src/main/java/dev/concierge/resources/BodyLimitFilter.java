package dev.concierge.resources;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Refuses every body that is too long, also one that nobody would have read. It reads the body to
 * measure it, since a chunked one has no length until then; it is asked after the keys are.
 *
 * <p>Jetty closes a connection on which a body was left unread, as that of a stranger is, and does
 * not always say so. It is said here, or a client would send its next request into a closed one.
 */
@PreMatching
@Priority(Priorities.ENTITY_CODER)
final class BodyLimitFilter implements ContainerRequestFilter, ContainerResponseFilter {

  /** The longest body, in bytes: fifty times a request with everything in it. */
  static final int LONGEST = 64 * 1024;

  private static final String READ = BodyLimitFilter.class.getName() + ".read";

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    if (!bringsBody(request)) {
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
    request.setProperty(READ, true);
    request.setEntityStream(new ByteArrayInputStream(body));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (bringsBody(request) && request.getProperty(READ) == null) {
      response.getHeaders().putSingle("Connection", "close");
    }
  }

  private static boolean bringsBody(ContainerRequestContext request) {
    return request.getLength() > 0 || request.getHeaderString("Transfer-Encoding") != null;
  }
}

package dev.concierge.resources;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses every body that is too long, also one that nobody would have read. It reads the body to
 * measure it, since a chunked or compressed one has no length until then; it is asked after the
 * keys are.
 *
 * <p>Jetty closes a connection on which a body was left unread, as that of a stranger is, and does
 * not always say so. It is said here, or a client would send its next request into a closed one.
 */
@PreMatching
@Priority(Priorities.ENTITY_CODER)
final class BodyLimitFilter implements ContainerRequestFilter, ContainerResponseFilter {

  /** The longest body, in bytes: fifty times a request with everything in it. */
  static final int LONGEST = 64 * 1024;

  /** How much of a longer one is read, in bytes, so that its sender can read the answer. */
  private static final int DISCARDED = 1024 * 1024;

  private static final String READ = BodyLimitFilter.class.getName() + ".read";

  private final ObjectMapper json;

  BodyLimitFilter(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    if (!request.hasEntity()) {
      return;
    }
    InputStream stream = request.getEntityStream();
    byte[] body = stream.readNBytes(LONGEST + 1);
    boolean whole = body.length <= LONGEST || isSoonOver(stream);
    request.setProperty(READ, whole);
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

  private static boolean isSoonOver(InputStream body) throws IOException {
    return body.readNBytes(DISCARDED).length < DISCARDED;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response)
      throws IOException {
    if (!bringsBody(request) || Boolean.TRUE.equals(request.getProperty(READ))) {
      return;
    }
    response.getHeaders().putSingle("Connection", "close");
    if (response.getEntity() instanceof Problem problem) {
      // With its length: it may end in a reset, which is no end for a body without one.
      byte[] body = json.writeValueAsBytes(problem);
      response.setEntity(body);
      response.getHeaders().putSingle(HttpHeaders.CONTENT_LENGTH, body.length);
    }
  }

  /**
   * By what it says of itself: to look for the body would be to wait for it. Of a compressed one,
   * Jetty hides the length and renames the encoding.
   */
  private static boolean bringsBody(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? request.getHeaderString("Transfer-Encoding") != null
            || request.getHeaderString("X-Content-Encoding") != null
        : !length.equals("0");
  }
}

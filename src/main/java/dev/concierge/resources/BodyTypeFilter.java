package dev.concierge.resources;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Refuses every body that does not say of what type it is. Any web page may send one to another
 * site without asking, and JAX-RS takes it for whatever type the resource reads.
 */
@PreMatching
@Priority(Priorities.HEADER_DECORATOR)
final class BodyTypeFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (request.hasEntity() && (type == null || type.isBlank())) {
      throw new NotSupportedException();
    }
  }
}

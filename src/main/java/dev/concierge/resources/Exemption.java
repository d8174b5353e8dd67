package dev.concierge.resources;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Set;

/** Tells requests to resources that have a check of their own. */
final class Exemption {

  private Exemption() {}

  /** Whether the resource that the request was matched to is one of these. */
  static boolean applies(ContainerRequestContext request, Set<Class<?>> exempt) {
    List<Object> matched = request.getUriInfo().getMatchedResources();
    return !matched.isEmpty() && exempt.contains(matched.get(0).getClass());
  }
}

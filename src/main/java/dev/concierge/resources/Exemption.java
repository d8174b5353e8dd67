package dev.concierge.resources;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;

/**
 * The paths that ask for no key: they are public, or have a check of their own. By path and not by
 * resource, so that also a path that leads nowhere asks for the key, and tells strangers nothing.
 */
final class Exemption {

  private final Set<String> paths;

  /**
   * @param paths each with all that is under it, such as {@code /twilio}
   */
  Exemption(Set<String> paths) {
    this.paths = Set.copyOf(paths);
  }

  boolean applies(ContainerRequestContext request) {
    String sent = request.getUriInfo().getPath();
    String path = sent.startsWith("/") ? sent : "/" + sent;
    return paths.stream().anyMatch(exempt -> path.equals(exempt) || path.startsWith(exempt + "/"));
  }
}

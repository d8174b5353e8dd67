package dev.concierge.resources;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guards a service that has no key and is reached over loopback only. A web page can make its own
 * name point at 127.0.0.1 and then read our answers (DNS rebinding), but not choose the {@code
 * Host} that the browser sends.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class LoopbackHostFilter implements ContainerRequestFilter {

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

  private final Exemption exemption;

  /**
   * @param exempt the paths that anybody may ask for
   */
  public LoopbackHostFilter(Set<String> exempt) {
    this.exemption = new Exemption(exempt);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String host = request.getHeaderString(HttpHeaders.HOST);
    if (!exemption.applies(request) && !isLoopback(host)) {
      request.abortWith(
          Problem.of(
                  Status.FORBIDDEN,
                  "Without an API key the service is for this machine only: ask for localhost.")
              .toResponse());
    }
  }

  private static boolean isLoopback(@Nullable String host) {
    return host != null && LOOPBACK.matcher(host).matches();
  }
}

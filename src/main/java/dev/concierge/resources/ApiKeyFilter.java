package dev.concierge.resources;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks every request for a key whose role allows it, and bounds how often each key may ask. It runs
 * before a resource is looked for, so that a stranger learns nothing of what there is.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class ApiKeyFilter implements ContainerRequestFilter {

  /** What one key may ask for in a second, unless the configuration says otherwise. */
  public static final int DEFAULT_REQUESTS_PER_SECOND = 100;

  private static final String SCHEME = "bearer ";

  private final List<Client> clients;
  private final Exemption exemption;

  /**
   * @param keys one of which {@code Authorization: Bearer} must name
   * @param requestsPerSecond how many requests a second each key may send, and how many at once
   * @param exempt the paths that ask for no key
   */
  public ApiKeyFilter(List<ApiKey> keys, int requestsPerSecond, Set<String> exempt, Clock clock) {
    this.clients =
        keys.stream()
            .map(key -> new Client(key, new TokenBucket(requestsPerSecond, clock)))
            .toList();
    this.exemption = new Exemption(exempt);
  }

  private record Client(ApiKey key, TokenBucket requests) {}

  @Override
  public void filter(ContainerRequestContext request) {
    if (exemption.applies(request)) {
      return;
    }
    Client client = find(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    Response refusal = client == null ? unauthorized() : refusal(client, request.getMethod());
    if (refusal != null) {
      request.abortWith(refusal);
    }
  }

  /** Looks at every key, so that the time it takes does not tell which one is near. */
  private @Nullable Client find(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return null;
    }
    byte[] digest = ApiKey.digest(authorization.substring(SCHEME.length()).strip());
    Client found = null;
    for (Client client : clients) {
      found = client.key.hasDigest(digest) ? client : found;
    }
    return found;
  }

  private @Nullable Response refusal(Client client, String method) {
    Duration wait = client.requests.take();
    if (!wait.isZero()) {
      return tooMany(wait);
    }
    return client.key.role().allows(method) ? null : forbidden(client.key);
  }

  private static Response unauthorized() {
    return Problem.of(Status.UNAUTHORIZED, "Send a key: Authorization: Bearer <key>.")
        .on(Response.status(Status.UNAUTHORIZED).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
  }

  private static Response forbidden(ApiKey key) {
    return Problem.of(
            Status.FORBIDDEN,
            "The key \"%s\" is for reading. This takes a key with the role \"%s\"."
                .formatted(key.name(), Words.of(Role.CALL)))
        .toResponse();
  }

  private static Response tooMany(Duration wait) {
    return Problem.of(Status.TOO_MANY_REQUESTS, "The key sends more requests than it may.")
        .on(
            Response.status(Status.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, wait.plusSeconds(1).minusNanos(1).toSeconds()));
  }
}

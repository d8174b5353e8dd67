package dev.concierge.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks every request for the key, but for resources that have a check of their own. */
@Priority(Priorities.AUTHENTICATION)
public final class ApiKeyFilter implements ContainerRequestFilter {

  private static final String SCHEME = "bearer ";

  /** Digests have one length, so that comparing them does not tell the length of the key. */
  private final byte[] keyDigest;

  private final Set<Class<?>> exempt;

  /**
   * @param key what {@code Authorization: Bearer} must say
   * @param exempt resource classes that let requests in by another proof
   */
  public ApiKeyFilter(String key, Set<Class<?>> exempt) {
    this.keyDigest = digest(key);
    this.exempt = Set.copyOf(exempt);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (!Exemption.applies(request, exempt) && !isAuthorized(authorization)) {
      request.abortWith(
          Problem.of(Status.UNAUTHORIZED, "Send the key: Authorization: Bearer <key>.")
              .on(
                  Response.status(Status.UNAUTHORIZED)
                      .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")));
    }
  }

  private boolean isAuthorized(@Nullable String authorization) {
    return authorization != null
        && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
        && MessageDigest.isEqual(
            keyDigest, digest(authorization.substring(SCHEME.length()).strip()));
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

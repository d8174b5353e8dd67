package dev.concierge.resources;

import jakarta.ws.rs.HttpMethod;
import java.util.Set;

/** What the holder of a key may do. */
public enum Role {
  /** Look at calls. */
  READ,
  /** Also place calls, end them and erase what is known of them: all that the API has. */
  CALL;

  private static final Set<String> LOOKING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /** Whether this role may send a request with that method. */
  boolean allows(String method) {
    return this == CALL || LOOKING.contains(method);
  }
}

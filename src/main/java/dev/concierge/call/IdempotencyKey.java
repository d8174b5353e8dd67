package dev.concierge.call;

import java.util.Objects;

/**
 * A client's own name for one of its requests: asking again under the same name does not ring
 * again.
 *
 * @param name what the client calls it
 * @param fingerprint a digest of what was asked; the same request always has the same one
 */
public record IdempotencyKey(String name, String fingerprint) {

  public IdempotencyKey {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(fingerprint, "fingerprint is null");
  }

  /** What a key was used for. */
  public record Use(IdempotencyKey key, Call call) {
    public Use {
      Objects.requireNonNull(key, "key is null");
      Objects.requireNonNull(call, "call is null");
    }
  }
}

package dev.concierge.sandbox.model;

import java.util.UUID;

/** Names for what the server makes. */
final class Ids {

  private static final int LENGTH = 21;

  private Ids() {}

  /** A fresh name, such as {@code item_3f…}. */
  static String next(String prefix) {
    return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, LENGTH);
  }
}

package dev.concierge.ledger;

/** The digest over what an erasure leaves of the bodies of a call's facts, in their order. */
final class ErasedBodies {

  private String digest = "";

  /**
   * @param factDigest the digest that the fact bears
   */
  void add(String factDigest, String body) {
    digest = ChainDigest.of(digest, factDigest, body);
  }

  /** Empty if there was none. */
  String digest() {
    return digest;
  }
}

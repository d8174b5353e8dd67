package dev.concierge.ledger;

/**
 * How far the chain of a call's facts has come. Each fact bears a digest over its own content and
 * the digest of the fact before it, so none can be changed, taken out, put in or moved without
 * breaking the chain.
 *
 * @param length how many facts there are
 * @param end the digest of the last one
 */
record FactChain(long length, String end) {

  /** Of a call of which nothing was told yet. */
  static final FactChain EMPTY = new FactChain(0, "");

  FactChain with(FactRow fact) {
    return new FactChain(length + 1, fact.digest());
  }

  /** What the call's row bears: it shows when the last facts are gone, or the row was changed. */
  String seal(String document) {
    return ChainDigest.of(length, end, document);
  }
}

package dev.concierge.ledger;

/** In which order calls are listed: by when they were asked for, and by id where that is equal. */
public enum HistoryOrder {
  NEWEST_FIRST,
  OLDEST_FIRST
}

package dev.concierge.ledger;

import dev.concierge.call.Usage;

/**
 * Many calls in figures; times in milliseconds.
 *
 * @param confirmed how many ended with a confirmed table
 * @param talkMs how long conversations lasted, all together
 * @param firstAudio from the answer to the agent's first audio, of each call that has one
 * @param response how long the callee waited for the agent, each time
 */
public record CallTotals(
    long calls,
    long answered,
    long confirmed,
    long talkMs,
    long bargeIns,
    Percentiles firstAudio,
    Percentiles response,
    Usage usage) {}

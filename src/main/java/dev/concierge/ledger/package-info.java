/** The record of every call in a database: facts in, history out. */
@NullMarked
package dev.concierge.ledger;

import org.jspecify.annotations.NullMarked;

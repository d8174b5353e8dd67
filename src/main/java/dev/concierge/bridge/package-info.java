/**
 * One conversation: a {@link dev.concierge.bridge.CallBridge} between the caller leg and the model
 * leg, which decides who speaks, what was heard, and when the line is closed.
 *
 * <p>Deterministic: it takes one input at a time, its time from a clock, and talks only to its
 * ports.
 */
@NullMarked
package dev.concierge.bridge;

import org.jspecify.annotations.NullMarked;

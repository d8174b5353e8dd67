/**
 * What can go wrong on the sandbox's two wires, as a host's script says it: lost, late, doubled or
 * garbled messages, and connections that are refused, stall or break.
 */
@NullMarked
package dev.concierge.sandbox.fault;

import org.jspecify.annotations.NullMarked;

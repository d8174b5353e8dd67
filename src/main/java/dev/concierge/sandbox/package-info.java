/**
 * A Twilio and a voice model of our own on the far side of both wires, for demos, tests and load.
 *
 * <p>Speaks the vendors' protocols with JSON of its own and shares no code with the real clients.
 */
@NullMarked
package dev.concierge.sandbox;

import org.jspecify.annotations.NullMarked;

/**
 * The sandbox's Twilio: its REST API, its callbacks, its Media Streams, and the hosts who pick up.
 */
@NullMarked
package dev.concierge.sandbox.carrier;

import org.jspecify.annotations.NullMarked;

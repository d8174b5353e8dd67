/**
 * The Twilio side: call creation, TwiML with signed Stream parameters, signed webhooks, and the
 * Media Streams WebSocket endpoint.
 */
@NullMarked
package dev.concierge.twilio;

import org.jspecify.annotations.NullMarked;

/** The sandbox's voice model: the server side of the Realtime protocol and a scripted mind. */
@NullMarked
package dev.concierge.sandbox.model;

import org.jspecify.annotations.NullMarked;

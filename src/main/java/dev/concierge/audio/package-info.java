/**
 * G.711 μ-law audio as bytes: chunks, frames and the arithmetic between bytes and milliseconds.
 *
 * <p>Pure; 8 bytes are one millisecond.
 */
@NullMarked
package dev.concierge.audio;

import org.jspecify.annotations.NullMarked;

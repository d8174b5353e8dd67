/**
 * What is said aloud in the sandbox: synthesised speech, and ears that understand it by its bytes
 * alone.
 */
@NullMarked
package dev.concierge.sandbox.voice;

import org.jspecify.annotations.NullMarked;

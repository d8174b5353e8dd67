/** Measures, from the far side of both wires, what a service adds to the calls it bridges. */
@NullMarked
package dev.concierge.sandbox.load;

import org.jspecify.annotations.NullMarked;

/**
 * The REST API: placing calls, reading their history, hanging up, and problems that people can
 * read.
 */
@NullMarked
package dev.concierge.resources;

import org.jspecify.annotations.NullMarked;

/**
 * The composition root: the Dropwizard application, its configuration and its commands.
 *
 * <p>It may use every other package; no package uses it.
 */
@NullMarked
package dev.concierge;

import org.jspecify.annotations.NullMarked;

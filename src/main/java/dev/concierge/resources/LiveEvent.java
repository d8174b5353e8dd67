package dev.concierge.resources;

import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param id from where a client goes on that saw this one last; {@code null} where more events
 *     belong to the same fact, so that none of them is missed
 * @param name the kind of event
 * @param data a view
 */
record LiveEvent(@Nullable String id, String name, Object data) {}

/**
 * How the agent behaves on the phone: its instructions, its tools and what it may agree to.
 *
 * <p>Pure: text and values in, text and values out.
 */
@NullMarked
package dev.concierge.agent;

import org.jspecify.annotations.NullMarked;

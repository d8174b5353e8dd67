/** The model side: a client of OpenAI's Realtime API, its events and its session settings. */
@NullMarked
package dev.concierge.realtime;

import org.jspecify.annotations.NullMarked;

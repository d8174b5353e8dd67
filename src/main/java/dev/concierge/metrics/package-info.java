/** What Prometheus is shown: figures of conversations, queues and background work. */
@NullMarked
package dev.concierge.metrics;

import org.jspecify.annotations.NullMarked;

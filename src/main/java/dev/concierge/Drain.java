package dev.concierge;

import com.codahale.metrics.health.HealthCheck;
import dev.concierge.bridge.BridgedConversations;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ShutdownThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the running conversations finish when the process is told to end (SIGTERM), before anything
 * else is stopped: meanwhile the service answers as ever, but takes no new calls and no new
 * streams, and its health check fails.
 *
 * <p>A service that is only stopped within its process does not wait.
 */
final class Drain extends HealthCheck implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  /** Each conversation keeps the limit by itself; this is for what that takes. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** Twilio reports a call's end a moment after it, and does not repeat it. */
  private static final Duration LAST_REPORTS = Duration.ofSeconds(2);

  private final BridgedConversations conversations;
  private final Duration limit;

  private final LifeCycle onExit =
      new AbstractLifeCycle() {
        @Override
        protected void doStop() throws InterruptedException {
          run();
        }
      };

  Drain(BridgedConversations conversations, Duration limit) {
    this.conversations = conversations;
    this.limit = limit;
  }

  /** Jetty stops what is registered there one after another, and its server is later in the row. */
  @Override
  public void start() throws Exception {
    onExit.start();
    ShutdownThread.register(0, onExit);
  }

  @Override
  public void stop() {
    ShutdownThread.deregister(onExit);
  }

  private void run() throws InterruptedException {
    conversations.close(limit);
    int running = conversations.running();
    LOG.info("shutting down: {} conversations may go on for {} s", running, limit.toSeconds());
    if (running == 0) {
      return;
    }
    if (!conversations.awaitEnd(limit.plus(GRACE))) {
      LOG.error("{} conversations did not end in time", conversations.running());
    }
    Thread.sleep(LAST_REPORTS.toMillis());
  }

  @Override
  protected Result check() {
    return conversations.isClosing()
        ? Result.unhealthy("the service is shutting down")
        : Result.healthy();
  }
}

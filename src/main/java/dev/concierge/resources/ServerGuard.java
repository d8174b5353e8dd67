package dev.concierge.resources;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/** What the API needs of the server before it starts, and when it stops. */
final class ServerGuard implements LifeCycle.Listener {

  private final LiveResource live;
  private final ServerProblem problems;

  ServerGuard(LiveResource live, ServerProblem problems) {
    this.live = live;
    this.problems = problems;
  }

  /**
   * Jetty remembers the header fields of a connection, and takes a value that differs in case only
   * for the one it remembers: with a proxy in front, a key in the wrong case would open.
   */
  @Override
  public void lifeCycleStarting(LifeCycle event) {
    if (event instanceof Server server) {
      server.setErrorHandler(problems);
      server
          .getContainedBeans(HttpConfiguration.class)
          .forEach(http -> http.setHeaderCacheCaseSensitive(true));
    }
  }

  /** A server that stops waits for its requests before it stops anything else. */
  @Override
  public void lifeCycleStopping(LifeCycle event) {
    live.close();
  }
}

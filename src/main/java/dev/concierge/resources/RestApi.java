package dev.concierge.resources;

import dev.concierge.call.CallDesk;
import dev.concierge.ledger.CallHistory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.time.Clock;
import org.eclipse.jetty.util.component.LifeCycle;

/** Puts the API together. */
public final class RestApi {

  /** Each holds one of the server's threads, of which Dropwizard has 1,024. */
  private static final int MOST_FOLLOWERS = 200;

  private RestApi() {}

  /** Registers the resources and all that makes problems of exceptions. */
  public static void register(
      Environment environment, CallDesk desk, CallHistory history, Clock clock) {
    LiveResource live =
        new LiveResource(history, environment.getObjectMapper(), clock, MOST_FOLLOWERS);
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(new CallsResource(desk, history, new ReservationRequestReader(clock)));
    jersey.register(new RecordResource(history));
    jersey.register(live);
    registerProblems(jersey);
    environment.lifecycle().addEventListener(closing(live));
  }

  private static void registerProblems(JerseyEnvironment jersey) {
    jersey.register(new HttpProblem());
    jersey.register(new DatabaseProblem());
    jersey.register(new UnexpectedProblem());
  }

  /** A server that stops waits for its requests before it stops anything else. */
  private static LifeCycle.Listener closing(LiveResource live) {
    return new LifeCycle.Listener() {
      @Override
      public void lifeCycleStopping(LifeCycle event) {
        live.close();
      }
    };
  }
}

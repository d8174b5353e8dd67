package dev.concierge.resources;

import dev.concierge.call.CallDesk;
import dev.concierge.ledger.CallHistory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.time.Clock;
import org.glassfish.jersey.server.ServerProperties;

/** Puts the API together. */
public final class RestApi {

  /** Each holds one of the server's threads, of which Dropwizard has 1,024. */
  private static final int MOST_FOLLOWERS = 200;

  private RestApi() {}

  /** Registers the resources and all that makes problems of exceptions. */
  public static void register(
      Environment environment, CallDesk desk, CallHistory history, Clock clock) {
    register(environment, desk, history, clock, MOST_FOLLOWERS);
  }

  static void register(
      Environment environment, CallDesk desk, CallHistory history, Clock clock, int mostFollowers) {
    LiveResource live =
        new LiveResource(history, environment.getObjectMapper(), clock, mostFollowers);
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(new CallsResource(desk, history, new ReservationRequestReader(clock)));
    jersey.register(new CallResource(desk, history));
    jersey.register(live);
    jersey.register(new OpenApiResource());
    // Or Jersey would hold events back until they fill its buffer.
    jersey.property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);
    jersey.register(new BodyLimitFilter());
    registerProblems(jersey);
    ServerProblem problems = new ServerProblem(environment.getObjectMapper());
    environment.getApplicationContext().setErrorHandler(problems);
    environment.lifecycle().addEventListener(new ServerGuard(live, problems));
  }

  private static void registerProblems(JerseyEnvironment jersey) {
    jersey.register(new HttpProblem());
    jersey.register(new DatabaseProblem());
    jersey.register(new UnexpectedProblem());
  }
}

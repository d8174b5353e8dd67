package dev.concierge.resources;

import dev.concierge.call.CallDesk;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Prices;
import dev.concierge.ledger.CallChanges;
import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.CallReports;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import org.glassfish.jersey.server.ServerProperties;
import org.jspecify.annotations.Nullable;

/** Puts the API together. */
public final class RestApi {

  /** Each holds one of the server's threads, of which Dropwizard has 1,024. */
  private static final int MOST_FOLLOWERS = 200;

  private RestApi() {}

  /**
   * Registers the resources and all that makes problems of exceptions.
   *
   * @param allowedNumbers the only ones that may be called; none where all may
   */
  public static void register(
      Environment environment,
      CallDesk desk,
      CallHistory history,
      Set<PhoneNumber> allowedNumbers,
      Clock clock) {
    register(environment, desk, history, allowedNumbers, clock, MOST_FOLLOWERS);
  }

  static void register(
      Environment environment,
      CallDesk desk,
      CallHistory history,
      Set<PhoneNumber> allowedNumbers,
      Clock clock,
      int mostFollowers) {
    LiveResource live =
        new LiveResource(history, environment.getObjectMapper(), clock, mostFollowers);
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(
        new CallsResource(desk, history, new ReservationRequestReader(clock, allowedNumbers)));
    jersey.register(new CallResource(desk, history));
    jersey.register(live);
    jersey.register(new OpenApiResource());
    // Or Jersey would hold events back until they fill its buffer.
    jersey.property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);
    jersey.register(new BodyTypeFilter());
    jersey.register(new BodyLimitFilter(environment.getObjectMapper()));
    jersey.register(new NoQueryFilter.Binding());
    registerProblems(jersey);
    ServerProblem problems = new ServerProblem(environment.getObjectMapper());
    environment.getApplicationContext().setErrorHandler(problems);
    environment.lifecycle().addEventListener(new ServerGuard(live, problems));
  }

  /**
   * Registers what is read of many calls at once.
   *
   * @param prices {@code null} where costs are not told
   */
  public static void registerRecords(
      Environment environment,
      CallHistory history,
      CallChanges changes,
      CallReports reports,
      @Nullable Prices prices) {
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(new ChangesResource(changes));
    Executor readers =
        environment
            .lifecycle()
            .executorService("export-%d")
            .minThreads(ExportResource.MOST_AT_ONCE)
            .maxThreads(ExportResource.MOST_AT_ONCE)
            .workQueue(new ArrayBlockingQueue<>(ExportResource.MOST_AT_ONCE))
            .build();
    jersey.register(new ExportResource(history, environment.getObjectMapper(), readers));
    jersey.register(new ReportsResource(reports, prices));
  }

  private static void registerProblems(JerseyEnvironment jersey) {
    jersey.register(new HttpProblem());
    jersey.register(new DatabaseProblem());
    jersey.register(new UnreadableProblem());
    jersey.register(new UnexpectedProblem());
  }
}

package dev.concierge;

import dev.concierge.agent.Agent;
import dev.concierge.agent.Instructions;
import dev.concierge.bridge.BridgeSettings;
import dev.concierge.bridge.BridgedConversations;
import dev.concierge.call.CallDesk;
import dev.concierge.call.CallLedger;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Reconciler;
import dev.concierge.ledger.CallChanges;
import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.CallReports;
import dev.concierge.ledger.Erasure;
import dev.concierge.ledger.FactSpool;
import dev.concierge.ledger.JdbiCallLedger;
import dev.concierge.ledger.Migrations;
import dev.concierge.ledger.Retention;
import dev.concierge.ledger.Verification;
import dev.concierge.metrics.Metrics;
import dev.concierge.realtime.RealtimeAddress;
import dev.concierge.realtime.RealtimeModel;
import dev.concierge.realtime.SessionSettings;
import dev.concierge.resources.ApiKey;
import dev.concierge.resources.ApiKeyFilter;
import dev.concierge.resources.DrainFilter;
import dev.concierge.resources.ErasuresResource;
import dev.concierge.resources.LoopbackHostFilter;
import dev.concierge.resources.OpenApiResource;
import dev.concierge.resources.RestApi;
import dev.concierge.resources.VerificationResource;
import dev.concierge.twilio.CallTwiml;
import dev.concierge.twilio.MachineHangup;
import dev.concierge.twilio.MediaStreams;
import dev.concierge.twilio.PublicUrl;
import dev.concierge.twilio.StreamParameters;
import dev.concierge.twilio.TwilioAccount;
import dev.concierge.twilio.TwilioCarrier;
import dev.concierge.twilio.TwilioSignatureFilter;
import dev.concierge.twilio.TwilioWebhooks;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.jdbi3.JdbiFactory;
import io.dropwizard.lifecycle.AutoCloseableManager;
import jakarta.servlet.DispatcherType;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** Puts the service together: build, then register. */
public final class ConciergeApplication extends Application<ConciergeConfiguration> {

  private final Variables variables;
  private final ConfigurationSourceProvider files;

  ConciergeApplication(Variables variables, ConfigurationSourceProvider files) {
    this.variables = variables;
    this.files = files;
  }

  /** Runs a command, such as {@code demo} or {@code server config.yml}. */
  public static void main(String[] args) throws Exception {
    new ConciergeApplication(Variables.ofEnvironment(), new FileConfigurationSourceProvider())
        .run(args);
  }

  /** Starts the service in this process, by the configuration that comes with it. */
  static void serve(Variables variables) throws Exception {
    new ConciergeApplication(variables, new ResourceConfigurationSourceProvider())
        .run("server", "config.yml");
  }

  @Override
  public String getName() {
    return "concierge";
  }

  @Override
  public void initialize(Bootstrap<ConciergeConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(files, variables.substitutor()));
    bootstrap.addCommand(new CallCommand(variables));
    bootstrap.addCommand(new DemoCommand(variables));
    bootstrap.addCommand(new LoadCommand(variables));
    bootstrap.addCommand(new MakeKeyCommand());
    bootstrap.addCommand(new SandboxCommand());
    bootstrap.addCommand(new StreamCredentialsCommand());
    bootstrap.addCommand(new VerifyCommand());
  }

  @Override
  protected void addDefaultCommands(Bootstrap<ConciergeConfiguration> bootstrap) {
    bootstrap.addCommand(new ConciergeServerCommand(this));
  }

  @Override
  public void run(ConciergeConfiguration configuration, Environment environment) throws Exception {
    configuration.requireSense();
    List<ApiKey> apiKeys = configuration.apiKeys();
    int requestsPerSecond = configuration.requestsPerSecond();
    PublicUrl publicUrl = configuration.publicUrl();
    String parameterSecret = configuration.parameterSecret();
    SandboxSupply sandbox =
        new SandboxSupply(environment.lifecycle(), configuration.sandboxSpeed(), parameterSecret);
    TwilioAccount account = configuration.carrier().account(sandbox);
    RealtimeAddress modelAddress = configuration.model().address(sandbox);
    BridgeSettings bridge = configuration.bridge();
    SessionSettings session =
        configuration.model().session().takingTurns(bridge.serviceTakesTurns());
    Duration drain = configuration.drain();
    Set<PhoneNumber> allowedNumbers = configuration.allowedNumbers();
    Clock clock = Clock.systemUTC();

    ManagedDataSource database = database(configuration, environment);
    Jdbi jdbi = jdbi(configuration, environment, database);
    var metrics = new Metrics(environment.metrics());
    CallLedger ledger = new JdbiCallLedger(jdbi, clock, metrics.calls()::settled);
    FactSpool spool = spool(configuration, ledger, environment);
    CallHistory history = new CallHistory(jdbi);

    var parameters = new StreamParameters(parameterSecret, clock);
    var twiml = new CallTwiml(publicUrl, parameters, configuration.spokenNotice());
    var carrier = new TwilioCarrier(account, publicUrl, twiml, configuration.hangsUpOnMachines());
    var model =
        new RealtimeModel(
            modelAddress, session, configuration.idleModelSessions(), new MonotonicClock());
    var timer = timer(environment);
    var agent = new Agent(Instructions.standard());
    var conversations =
        new BridgedConversations(
            model, agent, bridge, spool, metrics.conversations(), MonotonicClock::new, timer);

    environment.lifecycle().manage(spool);
    environment.lifecycle().manage(new AutoCloseableManager(model));
    var reconciling =
        new ReconcilerJob(new Reconciler(ledger, carrier, clock), metrics.reconciler());
    var forgetting = new RetentionJob(new Retention(jdbi), configuration.retentionDays(), clock);
    environment
        .lifecycle()
        .manage(new Jobs(database, List.of(reconciling.task(), forgetting.task())));
    new MediaStreams(publicUrl, account, parameters, conversations, carrier, clock, timer)
        .install(environment);
    var hangup = MachineHangup.within(environment, ledger, carrier);
    environment
        .jersey()
        .register(
            new TwilioWebhooks(ledger, spool, hangup, conversations, clock, environment.metrics()));
    environment.jersey().register(new TwilioSignatureFilter(publicUrl, account));
    environment.jersey().register(door(apiKeys, requestsPerSecond));
    environment.jersey().register(new VerificationResource(new Verification(jdbi)));
    environment.jersey().register(new ErasuresResource(new Erasure(jdbi, clock)));
    var desk = new CallDesk(ledger, carrier, spool, clock);
    RestApi.register(environment, desk, history, allowedNumbers, clock);
    RestApi.registerRecords(
        environment, history, new CallChanges(jdbi), new CallReports(jdbi), configuration.prices());
    metrics.show(history, countingThread(environment), new MonotonicClock());
    watch(environment, metrics, conversations, spool);
    drain(environment, conversations, drain);
  }

  private static void watch(
      Environment environment,
      Metrics metrics,
      BridgedConversations conversations,
      FactSpool spool) {
    metrics.show(conversations);
    metrics.show(spool);
    metrics.install(environment.admin());
    environment
        .servlets()
        .addFilter("call-id", new CallIdFilter())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
  }

  private static void drain(
      Environment environment, BridgedConversations conversations, Duration limit) {
    Drain drain = new Drain(conversations, limit);
    environment.lifecycle().manage(drain);
    environment.healthChecks().register("drain", drain);
    environment.jersey().register(new DrainFilter(conversations::isClosing));
  }

  /**
   * Twilio's webhooks are let in by their signature, and the contract is public; all else takes a
   * key, if there is one.
   */
  private static ContainerRequestFilter door(List<ApiKey> keys, int requestsPerSecond) {
    Set<String> exempt = Set.of(TwilioWebhooks.PATH, OpenApiResource.PATH);
    return keys.isEmpty()
        ? new LoopbackHostFilter(exempt)
        : new ApiKeyFilter(keys, requestsPerSecond, exempt, new MonotonicClock());
  }

  private static ManagedDataSource database(
      ConciergeConfiguration configuration, Environment environment) {
    DataSourceFactory factory = configuration.database();
    new H2Url(factory.getUrl()).makeWritable();
    ManagedDataSource source = factory.build(environment.metrics(), "ledger");
    Migrations.run(source);
    return source;
  }

  private static Jdbi jdbi(
      ConciergeConfiguration configuration, Environment environment, ManagedDataSource source) {
    Jdbi jdbi = new JdbiFactory().build(environment, configuration.database(), source, "ledger");
    // A failed statement would otherwise tell the log what it was to write: people's words.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  private static FactSpool spool(
      ConciergeConfiguration configuration, CallLedger ledger, Environment environment)
      throws IOException {
    Path file = configuration.spoolFile();
    try {
      return new FactSpool(ledger, file, environment.metrics());
    } catch (FileSystemException e) {
      throw new StartRefusedException(
          "SPOOL_FILE",
          "cannot be "
              + file
              + ", which "
              + e.getReason()
              + ": each process needs a file of its own that it may write.");
    }
  }

  /** One thread, which is there only while somebody asks for metrics. */
  private static ExecutorService countingThread(Environment environment) {
    return environment
        .lifecycle()
        .executorService("live-calls")
        .minThreads(0)
        .maxThreads(1)
        .rejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy())
        .build();
  }

  /** One thread: what conversations do when their time has come is short. */
  private static ScheduledExecutorService timer(Environment environment) {
    return environment
        .lifecycle()
        .scheduledExecutorService("conversation-timer")
        .threads(1)
        .removeOnCancelPolicy(true)
        .build();
  }
}

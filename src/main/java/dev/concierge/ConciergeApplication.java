package dev.concierge;

import dev.concierge.agent.Agent;
import dev.concierge.agent.Instructions;
import dev.concierge.bridge.BridgeSettings;
import dev.concierge.bridge.BridgedConversations;
import dev.concierge.call.CallDesk;
import dev.concierge.call.CallLedger;
import dev.concierge.call.Reconciler;
import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.FactSpool;
import dev.concierge.ledger.JdbiCallLedger;
import dev.concierge.ledger.Migrations;
import dev.concierge.realtime.RealtimeAddress;
import dev.concierge.realtime.RealtimeModel;
import dev.concierge.realtime.SessionSettings;
import dev.concierge.resources.ApiKey;
import dev.concierge.resources.ApiKeyFilter;
import dev.concierge.resources.LoopbackHostFilter;
import dev.concierge.resources.OpenApiResource;
import dev.concierge.resources.RestApi;
import dev.concierge.twilio.CallTwiml;
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
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.jdbi3.JdbiFactory;
import io.dropwizard.lifecycle.AutoCloseableManager;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
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
    bootstrap.addCommand(new MakeKeyCommand());
    bootstrap.addCommand(new SandboxCommand());
  }

  @Override
  protected void addDefaultCommands(Bootstrap<ConciergeConfiguration> bootstrap) {
    bootstrap.addCommand(new ConciergeServerCommand(this));
  }

  @Override
  public void run(ConciergeConfiguration configuration, Environment environment) throws Exception {
    List<ApiKey> apiKeys = configuration.apiKeys();
    int requestsPerSecond = configuration.requestsPerSecond();
    PublicUrl publicUrl = configuration.publicUrl();
    SandboxSupply sandbox =
        new SandboxSupply(environment.lifecycle(), configuration.sandboxSpeed());
    TwilioAccount account = configuration.carrier().account(sandbox);
    RealtimeAddress modelAddress = configuration.model().address(sandbox);
    BridgeSettings bridge = configuration.bridge();
    Clock clock = Clock.systemUTC();

    ManagedDataSource database = database(configuration, environment);
    Jdbi jdbi = jdbi(configuration, environment, database);
    CallLedger ledger = new JdbiCallLedger(jdbi, clock);
    FactSpool spool = new FactSpool(ledger);
    CallHistory history = new CallHistory(jdbi);

    var parameters = new StreamParameters(configuration.parameterSecret(), clock);
    var twiml = new CallTwiml(publicUrl, parameters, configuration.spokenNotice());
    var carrier = new TwilioCarrier(account, publicUrl, twiml);
    var model = new RealtimeModel(modelAddress, SessionSettings.DEFAULTS);
    var timers = timers(environment);
    var conversations =
        new BridgedConversations(
            model, new Agent(Instructions.standard()), bridge, spool, new MonotonicClock(), timers);

    environment.lifecycle().manage(spool);
    environment.lifecycle().manage(new AutoCloseableManager(model));
    environment
        .lifecycle()
        .manage(new ReconcilerJob(database, new Reconciler(ledger, carrier, clock)));
    new MediaStreams(publicUrl, account, parameters, conversations, carrier, clock, timers)
        .install(environment);
    environment.jersey().register(new TwilioWebhooks(ledger, clock, environment.metrics()));
    environment.jersey().register(new TwilioSignatureFilter(publicUrl, account));
    environment.jersey().register(door(apiKeys, requestsPerSecond));
    RestApi.register(environment, new CallDesk(ledger, carrier, clock), history, clock);
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
    ManagedDataSource source = configuration.database().build(environment.metrics(), "ledger");
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

  /** One thread: what conversations do when their time has come is short. */
  private static ScheduledExecutorService timers(Environment environment) {
    return environment
        .lifecycle()
        .scheduledExecutorService("conversation-timers")
        .threads(1)
        .removeOnCancelPolicy(true)
        .build();
  }
}

package dev.concierge;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.call.Brief;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.Requested;
import dev.concierge.call.CallFact.SubmissionFailed;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.EndedReason;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Reservation;
import dev.concierge.call.ReservationRequest;
import dev.concierge.ledger.JdbiCallLedger;
import dev.concierge.ledger.Migrations;
import dev.concierge.sandbox.carrier.TwilioSignature;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.ManagedDataSource;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jdbi.v3.core.Jdbi;

/**
 * {@code stream-credentials}: lets a load tool open media streams on a service of the same
 * configuration.
 *
 * <p>Prints two lines: the handshake's header, and the members of {@code start.customParameters} as
 * JSON. They are for a call of their own that nobody dials: any number of streams may bring them at
 * once, and what these tell is written to the ledger under it.
 */
final class StreamCredentialsCommand extends ConfiguredCommand<ConciergeConfiguration> {

  private static final String NAME = "Load test";
  private static final PhoneNumber NOBODY = new PhoneNumber("+14155550100");

  private final Clock clock = Clock.systemUTC();

  StreamCredentialsCommand() {
    super("stream-credentials", "Prints what a load tool needs to open media streams");
  }

  @Override
  public void configure(Subparser parser) {
    super.configure(parser);
    parser
        .addArgument("--call")
        .help("the id of a call that is in the ledger; one is written there without it");
    parser
        .addArgument("--minutes")
        .type(Integer.class)
        .setDefault(60)
        .help("how long streams may be opened with them");
  }

  @Override
  protected void run(
      Bootstrap<ConciergeConfiguration> bootstrap,
      Namespace options,
      ConciergeConfiguration configuration)
      throws Exception {
    Reservation table = table();
    String call = options.getString("call");
    CallId id = call == null ? written(table, configuration) : named(call);
    StreamCredentials credentials =
        StreamCredentials.of(
            configuration, new Brief(id, table), Duration.ofMinutes(options.getInt("minutes")));
    System.out.println(TwilioSignature.HEADER + ": " + credentials.signature());
    System.out.println(members(credentials.parameters()));
  }

  private static CallId named(String call) {
    return CallId.parse(call)
        .orElseThrow(() -> new StartRefusedException("--call", "must be the id of a call."));
  }

  private Reservation table() {
    return new Reservation(
        NAME,
        4,
        LocalDate.now(clock).plusDays(1),
        LocalTime.of(19, 0),
        ZoneOffset.UTC,
        0,
        NAME,
        null,
        null,
        "en");
  }

  private CallId written(Reservation table, ConciergeConfiguration configuration) throws Exception {
    CallId id = CallId.random();
    ManagedDataSource source = configuration.database().build(new MetricRegistry(), "ledger");
    source.start();
    try {
      Migrations.run(source);
      CallLedger ledger = new JdbiCallLedger(Jdbi.create(source), clock);
      ledger.open(
          entry(id, 0, new Requested(new ReservationRequest(NOBODY, table, "", "", Map.of()))));
      // Over from the start, so that the reconciler never asks the carrier about it.
      ledger.append(
          entry(
              id, 1, new SubmissionFailed(EndedReason.CARRIER_REFUSED, null, "nobody is dialled")));
    } finally {
      source.stop();
    }
    return id;
  }

  private LedgerEntry entry(CallId id, long sequence, CallFact fact) {
    return new LedgerEntry(id, FactSource.DESK, sequence, clock.instant(), fact);
  }

  private static String members(Map<String, String> parameters) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    parameters.forEach(object::put);
    String json = object.toString();
    return json.substring(1, json.length() - 1);
  }

  @Override
  public void onError(Cli cli, Namespace options, Throwable problem) {
    String message = StartProblem.of(problem);
    cli.getStdErr().println(message == null ? "No credentials: " + problem : message);
  }
}

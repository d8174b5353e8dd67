package dev.concierge;

import com.codahale.metrics.MetricRegistry;
import dev.concierge.ledger.Verification;
import dev.concierge.ledger.Verification.Flaw;
import dev.concierge.ledger.Verification.Report;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.ManagedDataSource;
import java.util.Locale;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jdbi.v3.core.Jdbi;

/** {@code verify config.yml}: says whether history is whole; ends with 1 if it is not. */
final class VerifyCommand extends ConfiguredCommand<ConciergeConfiguration> {

  VerifyCommand() {
    super("verify", "Says whether the ledger is what was once written");
  }

  /** History is not whole. */
  private static final class FlawException extends Exception {
    private static final long serialVersionUID = 1L;

    FlawException(Flaw flaw) {
      super(
          "History is not whole: %s at call %s%s."
              .formatted(
                  flaw.kind().name().toLowerCase(Locale.ROOT),
                  flaw.callId(),
                  flaw.source() == null
                      ? ""
                      : ", source " + flaw.source() + ", sequence " + flaw.sequence()));
    }
  }

  @Override
  protected void run(
      Bootstrap<ConciergeConfiguration> bootstrap,
      Namespace options,
      ConciergeConfiguration configuration)
      throws Exception {
    ManagedDataSource source = configuration.database().build(new MetricRegistry(), "verify");
    source.start();
    try {
      Report report = new Verification(Jdbi.create(source)).all();
      if (report.flaw() != null) {
        throw new FlawException(report.flaw());
      }
      System.out.println(words(report));
    } finally {
      source.stop();
    }
  }

  private static String words(Report report) {
    return "History is whole: %d calls, %d facts.".formatted(report.calls(), report.facts());
  }

  @Override
  public void onError(Cli cli, Namespace options, Throwable problem) {
    String message =
        problem instanceof FlawException ? problem.getMessage() : StartProblem.of(problem);
    if (message == null) {
      super.onError(cli, options, problem);
    } else {
      cli.getStdErr().println(message);
    }
  }
}

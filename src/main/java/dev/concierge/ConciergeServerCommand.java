package dev.concierge;

import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code server config.yml}: Dropwizard's own command, with words for a start that fails. */
final class ConciergeServerCommand extends ServerCommand<ConciergeConfiguration> {

  ConciergeServerCommand(Application<ConciergeConfiguration> application) {
    super(application);
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable problem) {
    String message = StartProblem.of(problem);
    if (message == null) {
      super.onError(cli, namespace, problem);
    } else {
      cli.getStdErr().println(message);
    }
  }
}

package dev.concierge;

import dev.concierge.sandbox.WireWatch;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code sandbox}: both vendors' stand-ins, in a process of their own. */
final class SandboxCommand extends Command {

  SandboxCommand() {
    super("sandbox", "Runs the sandbox's Twilio and voice model by themselves");
  }

  @Override
  public void configure(Subparser parser) {
    parser.addArgument("--port").type(Integer.class).setDefault(9090).help("where to listen");
    parser.addArgument("--speed").type(Double.class).setDefault(1.0).help("times real time");
    parser.addArgument("--hosts").help("a folder of host scripts of your own");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace options) throws Exception {
    var sandbox =
        new StandaloneSandbox(
            options.getInt("port"),
            options.getDouble("speed"),
            options.getString("hosts"),
            WireWatch.NONE);
    sandbox.start();
    System.out.printf("The sandbox listens on %s. Point a service at it with:%n", sandbox.url());
    System.out.print(sandbox.exports());
    Thread.currentThread().join();
  }
}

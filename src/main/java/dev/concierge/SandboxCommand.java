package dev.concierge;

import dev.concierge.sandbox.Sandbox;
import dev.concierge.sandbox.SandboxSettings;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code sandbox}: both vendors' stand-ins, in a process of their own. */
final class SandboxCommand extends Command {

  private static final String ACCOUNT_SID = "AC00000000000000000000000000000000";
  private static final String AUTH_TOKEN = "sandbox-auth-token";
  private static final String API_KEY = "sandbox-api-key";

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
    String hosts = options.getString("hosts");
    Sandbox sandbox =
        new Sandbox(
            new SandboxSettings(
                "127.0.0.1",
                options.getInt("port"),
                ACCOUNT_SID,
                AUTH_TOKEN,
                API_KEY,
                options.getDouble("speed"),
                hosts == null ? null : Path.of(hosts)));
    sandbox.start();
    System.out.printf(
        """
        The sandbox listens on %s. Point a service at it with:
          export CARRIER=twilio TWILIO_BASE_URL=%s
          export TWILIO_ACCOUNT_SID=%s TWILIO_AUTH_TOKEN=%s TWILIO_FROM=+14155550199
          export MODEL=openai OPENAI_REALTIME_URL=%s OPENAI_API_KEY=%s
          export API_KEY=choose-one
        """,
        sandbox.twilioUrl(),
        sandbox.twilioUrl(),
        ACCOUNT_SID,
        AUTH_TOKEN,
        sandbox.realtimeUrl(),
        API_KEY);
    Thread.currentThread().join();
  }
}

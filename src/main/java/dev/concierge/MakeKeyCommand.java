package dev.concierge;

import dev.concierge.resources.ApiKey;
import dev.concierge.resources.Role;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.util.Locale;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code make-key}: makes a key to the API, and shows it this once. */
final class MakeKeyCommand extends Command {

  MakeKeyCommand() {
    super("make-key", "Makes a key to the API; only its hash is to be kept");
  }

  @Override
  public void configure(Subparser parser) {
    parser.addArgument("--name").required(true).help("whose key it is, such as desk");
    parser
        .addArgument("--role")
        .required(true)
        .choices("read", "call")
        .help("read: look at calls; call: also place and end them, and erase");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace options) {
    String key = ApiKey.random();
    Role role = Role.valueOf(options.getString("role").toUpperCase(Locale.ROOT));
    ApiKey entry = ApiKey.of(options.getString("name"), role, key);
    System.out.printf(
        """
        The key, for its holder. It is not kept anywhere and cannot be shown again:
          %s
        Its entry in API_KEYS, for the service; several are separated by commas:
          %s
        """,
        key, ApiKey.parse(entry.toString()));
  }

  @Override
  public void onError(Cli cli, Namespace options, Throwable problem) {
    cli.getStdErr()
        .println(
            problem instanceof IllegalArgumentException
                ? "--name must be 1 to 64 letters, digits, dots, hyphens or underscores."
                : "No key could be made: " + problem);
  }
}

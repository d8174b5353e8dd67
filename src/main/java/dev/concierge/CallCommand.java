package dev.concierge;

import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code call}: places a call through the REST API of a running service and follows it. */
final class CallCommand extends Command {

  private final Variables variables;

  CallCommand(Variables variables) {
    super("call", "Places a call through a running service and follows it to its end");
    this.variables = variables;
  }

  @Override
  public void configure(Subparser parser) {
    CallOrder.configure(parser);
    parser
        .addArgument("--server")
        .setDefault("http://localhost:" + variables.get("HTTP_PORT", "8080"))
        .help("where the service is; its key is read from API_KEY");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace options) throws Exception {
    URI server = Addresses.http("--server", options.getString("server"));
    CallClient client = new CallClient(server, variables.get("API_KEY", ""));
    CallPrinter printer = new CallPrinter(System.out);
    JsonNode call = client.place(CallOrder.body(options));
    String id = call.path("id").asText();
    printer.order(call);
    client.follow(id, printer);
    printer.outcome(client.call(id));
    System.out.println("The record: " + server.resolve("/calls/" + id));
  }

  @Override
  public void onError(Cli cli, Namespace options, Throwable problem) {
    cli.getStdErr().println(words(options, problem));
  }

  private static String words(Namespace options, Throwable problem) {
    if (problem instanceof ConnectException) {
      return "There is no service at "
          + options.getString("server")
          + ": start one with `java -jar target/concierge.jar server config.yml`.";
    }
    if (problem instanceof IOException || problem instanceof StartRefusedException) {
      return String.valueOf(problem.getMessage());
    }
    return "The call failed: " + problem;
  }
}

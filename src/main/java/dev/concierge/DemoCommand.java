package dev.concierge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code demo}: the whole service in this process on free ports, with the sandbox for both vendors,
 * and one call through its REST API.
 */
final class DemoCommand extends Command {

  /** The sandbox host that interrupts, asks for a name and confirms. */
  private static final String HOST = "+14155550104";

  private final Variables variables;

  DemoCommand(Variables variables) {
    super("demo", "Phones a restaurant of the sandbox and books a table: no account, no network");
    this.variables = variables;
  }

  @Override
  public void configure(Subparser parser) {
    // Nothing to choose: it is a demo.
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace options) throws Exception {
    URI server = startService();
    CallClient client = new CallClient(server, variables.get("API_KEY", ""));
    CallPrinter printer = new CallPrinter(System.out);
    JsonNode call = client.place(order());
    String id = call.path("id").asText();
    printer.order(call);
    client.follow(id, printer);
    JsonNode ended = client.call(id);
    printer.outcome(ended);
    tellWhatNext(id);
    if (!ended.path("outcome").path("result").asText().equals("confirmed")) {
      throw new IOException("The demo call ended without a confirmed table.");
    }
    // The service runs in this process; its shutdown hook stops it.
    System.exit(0);
  }

  private URI startService() throws Exception {
    int port = freePort();
    Variables demo =
        variables.with(
            Map.of(
                "CARRIER", "sandbox",
                "MODEL", "sandbox",
                "HTTP_PORT", String.valueOf(port),
                "ADMIN_PORT", String.valueOf(freePort()),
                "BIND_HOST", "127.0.0.1",
                "API_KEYS", "",
                "PUBLIC_URL", "http://localhost:" + port,
                "LOG_LEVEL", "ERROR"));
    ConciergeApplication.serve(demo);
    return URI.create("http://localhost:" + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static ObjectNode order() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("to", HOST)
        .put("restaurant_name", "Demo Restaurant")
        .put("party_size", 4)
        .put("date", "tomorrow")
        .put("time", "7pm")
        .put("guest_name", "Alex Doe")
        .put("callback_number", "+14155550142");
  }

  private void tellWhatNext(String id) {
    boolean keyed = !variables.get("API_KEY", "").isEmpty();
    String key = keyed ? "-H \"Authorization: Bearer $API_KEY\" " : "";
    System.out.printf(
        """

        The record is kept in %s.
        Look at it, or place calls of your own:
          java -jar target/concierge.jar server config.yml
          curl %shttp://localhost:8080/calls/%s
          curl %s-H 'Accept: text/plain' http://localhost:8080/calls/%s/transcript
          java -jar target/concierge.jar call --restaurant "Demo Restaurant" \
        --to +14155550100 --party 4 --date tomorrow --time 7pm
        """,
        keptIn(variables.get("DATABASE_URL", "data/concierge.mv.db")), key, id, key, id);
  }

  /** A URL without what may hold a password: H2's settings, PostgreSQL's query, credentials. */
  static String keptIn(String database) {
    return database.replaceFirst("[;?].*", "").replaceFirst("//[^/]*@", "//");
  }

  @Override
  public void onError(Cli cli, Namespace options, Throwable problem) {
    String message = StartProblem.of(problem);
    if (message == null) {
      message =
          problem instanceof IOException ? problem.getMessage() : "The demo failed: " + problem;
    }
    cli.getStdErr().println(message);
  }
}

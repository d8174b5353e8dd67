package dev.concierge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** The command line's words for a call, and the API's: one option a field. */
final class CallOrder {

  private CallOrder() {}

  static void configure(Subparser parser) {
    option(parser, "restaurant", "restaurant_name").required(true).help("whom to call");
    option(parser, "to", "to").required(true).help("the restaurant's number, such as +14155550100");
    option(parser, "party", "party_size")
        .required(true)
        .type(Integer.class)
        .help("how many guests");
    option(parser, "date", "date").required(true).help("2026-12-01, tomorrow, friday, ...");
    option(parser, "time", "time").required(true).help("19:00, 7pm, noon, ...");
    option(parser, "guest", "guest_name").help("whom the table is for");
    option(parser, "callback", "callback_number").help("where the restaurant may reach the guest");
    option(parser, "requests", "special_requests").help("anything else to ask for");
    option(parser, "window", "time_window_minutes")
        .type(Integer.class)
        .help("how many minutes earlier or later will do");
    option(parser, "language", "language").help("what the agent speaks, such as en");
    option(parser, "time-zone", "time_zone").help("the restaurant's, such as Europe/Paris");
  }

  private static Argument option(Subparser parser, String name, String field) {
    return parser.addArgument("--" + name).dest(FIELD_PREFIX + field);
  }

  private static final String FIELD_PREFIX = "field.";

  /** The body of {@code POST /calls}. */
  static ObjectNode body(Namespace options) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    options
        .getAttrs()
        .forEach(
            (name, value) -> {
              if (name.startsWith(FIELD_PREFIX) && value != null) {
                body.putPOJO(name.substring(FIELD_PREFIX.length()), value);
              }
            });
    return body;
  }
}

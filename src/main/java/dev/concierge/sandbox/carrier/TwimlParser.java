package dev.concierge.sandbox.carrier;

import dev.concierge.sandbox.carrier.Twiml.Connect;
import dev.concierge.sandbox.carrier.Twiml.Hangup;
import dev.concierge.sandbox.carrier.Twiml.Pause;
import dev.concierge.sandbox.carrier.Twiml.Say;
import dev.concierge.sandbox.carrier.Twiml.StreamNoun;
import dev.concierge.sandbox.carrier.Twiml.Verb;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads the TwiML that the sandbox can carry out: {@code Say}, {@code Pause}, {@code Hangup} and
 * {@code Connect} with a {@code Stream}. One parser reads one document.
 */
final class TwimlParser {

  /** A parameter's name and value together must stay under it. */
  private static final int MAX_PARAMETER_CHARS = 500;

  /** Twilio's own ceiling of {@code loop="0"}, "for ever". */
  private static final int ENDLESS = 1_000;

  private final List<String> warnings = new ArrayList<>();

  private TwimlParser() {}

  static Twiml parse(String xml) throws TwimlException {
    return new TwimlParser().document(root(xml));
  }

  private Twiml document(Element root) throws TwimlException {
    if (!root.getTagName().equals("Response")) {
      throw new TwimlException(
          TwimlException.DOCUMENT_PARSE_FAILURE,
          "the document is a <" + root.getTagName() + ">, not a <Response>");
    }
    List<Verb> verbs = new ArrayList<>();
    for (Element child : children(root)) {
      verbs.add(verb(child));
    }
    return new Twiml(verbs, warnings);
  }

  private Verb verb(Element element) throws TwimlException {
    return switch (element.getTagName()) {
      case "Say" -> say(element);
      case "Pause" -> pause(element);
      case "Hangup" -> hangup(element);
      case "Connect" -> connect(element);
      default -> throw invalid("<" + element.getTagName() + "> is no verb the sandbox knows");
    };
  }

  private Say say(Element element) throws TwimlException {
    allow(element, Set.of("voice", "language", "loop"));
    int loop = number(element, "loop", 1);
    return new Say(element.getTextContent().strip(), loop == 0 ? ENDLESS : loop);
  }

  private Pause pause(Element element) throws TwimlException {
    allow(element, Set.of("length"));
    return new Pause(number(element, "length", 1));
  }

  private Hangup hangup(Element element) {
    allow(element, Set.of());
    return new Hangup();
  }

  private Connect connect(Element element) throws TwimlException {
    allow(element, Set.of("action", "method"));
    if (element.hasAttribute("action")) {
      throw invalid("<Connect action>: the sandbox fetches no TwiML");
    }
    List<Element> nouns = children(element);
    if (nouns.size() != 1 || !nouns.get(0).getTagName().equals("Stream")) {
      throw invalid("<Connect> does not have exactly one <Stream>");
    }
    return new Connect(stream(nouns.get(0)));
  }

  private StreamNoun stream(Element element) throws TwimlException {
    allow(
        element,
        Set.of("url", "name", "track", "statusCallback", "statusCallbackMethod", "connectorName"));
    if (!attribute(element, "statusCallbackMethod", "POST").equals("POST")) {
      throw invalid("<Stream statusCallbackMethod>: the sandbox only posts");
    }
    if (!attribute(element, "track", "inbound_track").equals("inbound_track")) {
      throw invalid("<Stream track>: a bidirectional stream has the inbound_track only");
    }
    String statusCallback = optional(element, "statusCallback");
    if (statusCallback != null) {
      absolute("statusCallback", statusCallback);
    }
    return new StreamNoun(
        absolute("url", attribute(element, "url", "")),
        optional(element, "name"),
        statusCallback,
        parameters(element));
  }

  private Map<String, String> parameters(Element stream) throws TwimlException {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Element child : children(stream)) {
      if (!child.getTagName().equals("Parameter")) {
        throw invalid("<" + child.getTagName() + "> is not allowed in <Stream>");
      }
      allow(child, Set.of("name", "value"));
      String name = attribute(child, "name", "");
      String value = attribute(child, "value", "");
      if (name.isEmpty() || name.length() + value.length() >= MAX_PARAMETER_CHARS) {
        throw invalid("<Parameter name=\"" + name + "\"> is without name, or 500 characters long");
      }
      parameters.put(name, value);
    }
    return parameters;
  }

  private void allow(Element element, Set<String> known) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      String name = attributes.item(i).getNodeName();
      if (!known.contains(name)) {
        warnings.add("<" + element.getTagName() + " " + name + "> is no attribute we know");
      }
    }
  }

  private static String absolute(String attribute, String url) throws TwimlException {
    try {
      URI uri = URI.create(url);
      if (uri.isAbsolute() && uri.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw invalid("<Stream " + attribute + "> is no address: " + e.getMessage());
    }
    throw invalid("<Stream " + attribute + "> is not an absolute address");
  }

  private static int number(Element element, String name, int absent) throws TwimlException {
    String text = attribute(element, name, Integer.toString(absent));
    if (!text.matches("[0-9]{1,6}")) {
      throw invalid("<" + element.getTagName() + " " + name + "> is not a whole number");
    }
    return Integer.parseInt(text);
  }

  private static String attribute(Element element, String name, String absent) {
    return element.hasAttribute(name) ? element.getAttribute(name) : absent;
  }

  private static @Nullable String optional(Element element, String name) {
    return element.hasAttribute(name) ? element.getAttribute(name) : null;
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  private static Element root(String xml) throws TwimlException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      // The default one prints to the standard error.
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    } catch (SAXException e) {
      throw new TwimlException(
          TwimlException.DOCUMENT_PARSE_FAILURE, String.valueOf(e.getMessage()));
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException("no XML parser in this JDK", e);
    }
  }

  private static TwimlException invalid(String message) {
    return new TwimlException(TwimlException.SCHEMA_VALIDATION, message);
  }
}

package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.call.Brief;
import java.io.StringReader;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class CallTwimlTest {

  private static final PublicUrl PUBLIC_URL =
      new PublicUrl(URI.create("https://" + "concierge.".repeat(10) + "example/path"));

  private final StreamParameters parameters = new StreamParameters("secret", Clock.systemUTC());
  private final CallTwiml twiml = new CallTwiml(PUBLIC_URL, parameters, null);

  @Example
  @Behaviour(3)
  void theCallIsConnectedToOurStreamAndToNothingElse() throws Exception {
    Brief brief = Briefs.at("Chez Nous");

    Element response = parsed(twiml.connect(brief));

    assertThat(response.getTagName()).isEqualTo("Response");
    assertThat(childrenOf(response)).isEqualTo("Connect");
    Element connect = (Element) response.getFirstChild();
    assertThat(childrenOf(connect)).isEqualTo("Stream");
    assertThat(connect.hasAttributes()).isFalse();
    Element stream = (Element) connect.getFirstChild();
    assertThat(stream.getAttribute("url")).isEqualTo(PUBLIC_URL.mediaStream().toString());
    assertThat(stream.getAttribute("statusCallback"))
        .isEqualTo(PUBLIC_URL.stream(brief.callId()).toString());
    assertThat(stream.getAttribute("statusCallbackMethod")).isEqualTo("POST");
  }

  @Example
  void aNoticeIsSaidFirst() throws Exception {
    var withNotice = new CallTwiml(PUBLIC_URL, parameters, "This call is <recorded>.");

    Element response = parsed(withNotice.connect(Briefs.at("Chez Nous")));

    assertThat(childrenOf(response)).isEqualTo("Say Connect");
    assertThat(response.getFirstChild().getTextContent()).isEqualTo("This call is <recorded>.");
  }

  @Example
  @Behaviour(3)
  void namesOfEveryKindArriveAsTheyWere() throws Exception {
    String name = "Fish & \"Chips\" <'s>\t🍣 寿司 Кафе مطعم\nça va";
    Brief brief = Briefs.at(name);

    Map<String, String> received = parametersIn(twiml.connect(brief));

    assertThat(received).containsEntry("restaurant_name", name);
    assertThat(parameters.verify(received)).isEqualTo(brief);
  }

  @Example
  void theFarewellIsSaidBeforeTheLineIsClosed() throws Exception {
    Element response = parsed(CallTwiml.sayAndHangUp("Sorry & goodbye."));

    assertThat(childrenOf(response)).isEqualTo("Say Hangup");
    assertThat(response.getFirstChild().getTextContent()).isEqualTo("Sorry & goodbye.");
  }

  @Property(tries = 500)
  @Behaviour(3)
  void everyBriefWithinTheBoundsFits(@ForAll("boundedBriefs") Brief brief) throws Exception {
    String xml = twiml.connect(brief);

    assertThat(PUBLIC_URL.base().toString()).hasSize(PublicUrl.MAX_LENGTH);
    assertThat(xml.length()).isLessThan(CallTwiml.MAX_LENGTH);
    assertThat(parametersIn(xml))
        .allSatisfy(
            (name, value) ->
                assertThat(name.length() + value.length()).isLessThan(CallTwiml.PARAMETER_LIMIT));
  }

  @Provide
  Arbitrary<Brief> boundedBriefs() {
    return Briefs.with(upTo(200), upTo(200), upTo(460), upTo(35));
  }

  /** Texts that fill their room, as counted after XML escaping. */
  private static Arbitrary<String> upTo(int escapedLength) {
    var characters = Arbitraries.of("&", "<", ">", "\"", "'", "a", " ", "ü", "寿", "🍣");
    return characters
        .list()
        .ofMinSize(escapedLength)
        .ofMaxSize(escapedLength)
        .map(list -> filled(String.join("", list), escapedLength));
  }

  private static String filled(String text, int escapedLength) {
    int room = escapedLength;
    var filled = new StringBuilder();
    for (int c : text.codePoints().toArray()) {
      room -= escapedLengthOf(c);
      if (room < 0) {
        break;
      }
      filled.appendCodePoint(c);
    }
    return filled.toString();
  }

  private static int escapedLengthOf(int codePoint) {
    return switch (codePoint) {
      case '&' -> 5;
      case '<', '>' -> 4;
      case '"', '\'' -> 6;
      default -> Character.isBmpCodePoint(codePoint) ? 1 : 10;
    };
  }

  private static Element parsed(String xml) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }

  private static String childrenOf(Element element) {
    NodeList children = element.getChildNodes();
    return IntStream.range(0, children.getLength())
        .mapToObj(children::item)
        .map(Node::getNodeName)
        .collect(Collectors.joining(" "));
  }

  private static Map<String, String> parametersIn(String xml) throws Exception {
    NodeList elements = parsed(xml).getElementsByTagName("Parameter");
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < elements.getLength(); i++) {
      Element parameter = (Element) elements.item(i);
      parameters.put(parameter.getAttribute("name"), parameter.getAttribute("value"));
    }
    return parameters;
  }
}

package dev.concierge.sandbox.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Stream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwimlParserTest {

  @Test
  void readsVerbAfterVerb() throws Exception {
    Twiml twiml =
        TwimlParser.parse(
            "<?xml version=\"1.0\"?><Response><Say voice=\"alice\"> Hi &amp; hello </Say>"
                + "<Pause length=\"3\"/><Pause/><Say loop=\"2\">Twice</Say><Hangup/></Response>");

    assertThat(twiml.verbs())
        .containsExactly(
            new Twiml.Say("Hi & hello", 1),
            new Twiml.Pause(3),
            new Twiml.Pause(1),
            new Twiml.Say("Twice", 2),
            new Twiml.Hangup());
    assertThat(twiml.warnings()).isEmpty();
  }

  @Test
  void readsAStreamAsTwiliosOwnLibraryWritesIt() throws Exception {
    String xml =
        new VoiceResponse.Builder()
            .connect(
                new Connect.Builder()
                    .stream(
                            new Stream.Builder()
                                .url("wss://example.com/media-stream")
                                .name("line")
                                .statusCallback("https://example.com/stream")
                                .statusCallbackMethod(Stream.StatusCallbackMethod.POST)
                                .parameter(
                                    new Parameter.Builder()
                                        .name("name")
                                        .value("Joe's \"<&>\"")
                                        .build())
                                .build())
                        .build())
            .build()
            .toXml();

    assertThat(TwimlParser.parse(xml).verbs())
        .containsExactly(
            new Twiml.Connect(
                new Twiml.StreamNoun(
                    "wss://example.com/media-stream",
                    "line",
                    "https://example.com/stream",
                    Map.of("name", "Joe's \"<&>\""))));
  }

  @Test
  void anUnknownAttributeIsLeftOutWithAWarning() throws Exception {
    Twiml twiml = TwimlParser.parse("<Response><Hangup reason=\"busy\"/></Response>");

    assertThat(twiml.verbs()).containsExactly(new Twiml.Hangup());
    assertThat(twiml.warnings()).singleElement().asString().contains("<Hangup reason>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "<Response><Say>Joe & Co</Say></Response>",
        "<Response>",
        "<Reply/>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Response><Say>&e;</Say></Response>"
      })
  void whatIsNoTwimlDocumentIsAParseFailure(String xml) {
    assertThatThrownBy(() -> TwimlParser.parse(xml))
        .isInstanceOfSatisfying(
            TwimlException.class,
            e -> assertThat(e.code()).isEqualTo(TwimlException.DOCUMENT_PARSE_FAILURE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Dial/>",
        "<Connect/>",
        "<Connect action=\"/next\"><Stream url=\"wss://h/p\"/></Connect>",
        "<Connect><Stream/></Connect>",
        "<Connect><Stream url=\"/media\"/></Connect>",
        "<Connect><Stream url=\"wss://a b\"/></Connect>",
        "<Connect><Stream url=\"wss://h/p\" statusCallback=\"/s\"/></Connect>",
        "<Connect><Stream url=\"wss://h/p\" track=\"both_tracks\"/></Connect>",
        "<Connect><Stream url=\"wss://h/p\"><Parameter value=\"x\"/></Stream></Connect>",
        "<Pause length=\"long\"/>"
      })
  void aVerbThatCannotBeCarriedOutFailsTheValidation(String verb) {
    assertThatThrownBy(() -> TwimlParser.parse("<Response>" + verb + "</Response>"))
        .isInstanceOfSatisfying(
            TwimlException.class,
            e -> assertThat(e.code()).isEqualTo(TwimlException.SCHEMA_VALIDATION));
  }

  @Test
  void aParameterMustStayUnder500Characters() throws Exception {
    assertThat(TwimlParser.parse(withParameter(498)).verbs()).hasSize(1);
    assertThatThrownBy(() -> TwimlParser.parse(withParameter(499)))
        .isInstanceOf(TwimlException.class);
  }

  private static String withParameter(int valueChars) {
    return "<Response><Connect><Stream url=\"wss://h/p\"><Parameter name=\"n\" value=\""
        + "v".repeat(valueChars)
        + "\"/></Stream></Connect></Response>";
  }

  @ParameterizedTest
  @CsvSource({
    "wss://example.com/media, true",
    "ws://127.0.0.1:8080/media, true",
    "ws://localhost/media, true",
    "ws://example.com/media, false",
    "https://example.com/media, false",
    "wss://example.com/media?token=1, false"
  })
  void aStreamGoesToWssOrToLoopbackAndHasNoQuery(String url, boolean allowed) {
    assertThat(new Twiml.StreamNoun(url, null, null, Map.of()).refusal().isEmpty())
        .isEqualTo(allowed);
  }
}

package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.concierge.Behaviour;
import dev.concierge.call.Brief;
import io.dropwizard.core.Configuration;
import io.dropwizard.testing.junit5.DropwizardAppExtension;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may open a media stream, and which one gets a conversation. */
@ExtendWith(DropwizardExtensionsSupport.class)
class StreamAdmissionTest {

  private static final DropwizardAppExtension<Configuration> APP = TwilioSide.extension();
  private static final int POLICY = 1008;
  private static final int UNACCEPTABLE = 1003;

  private final TwilioSide side = APP.getApplication();
  private final Brief brief = Briefs.at("Chez Nous");

  // The upgrade

  @Test
  @Behaviour(19)
  void anUnsignedUpgradeIsForbidden() {
    int before = side.conversations.count();
    assertThat(statusOfUpgradeWith(null)).isEqualTo(403);
    assertThat(side.conversations.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource
  @Behaviour(19)
  void aWronglySignedUpgradeIsForbidden(String token, String url) {
    assertThat(statusOfUpgradeWith(TwilioSigner.sign(token, url, Map.of()))).isEqualTo(403);
  }

  static Object[][] aWronglySignedUpgradeIsForbidden() {
    return new Object[][] {
      {"guess", "wss://concierge.example/desk/media-stream"},
      {TwilioSide.TOKEN, "https://concierge.example/desk/media-stream"},
      {TwilioSide.TOKEN, "wss://concierge.example/media-stream"},
      {TwilioSide.TOKEN, "ws://localhost:" + APP.getLocalPort() + "/media-stream"},
    };
  }

  @Test
  void aRightSignatureBesideALoadToolsPlaceholderIsLetIn() throws Exception {
    String headers =
        "X-Twilio-Signature: placeholder\r\nX-Twilio-Signature: "
            + TwilioSocket.signature()
            + "\r\n";

    assertThat(headOfUpgrade("/media-stream", headers)).first().asString().contains(" 101 ");
  }

  private static int statusOfUpgradeWith(String signature) {
    var failure =
        catchThrowableOfType(
            CompletionException.class,
            () -> TwilioSocket.withSignature(APP.getLocalPort(), signature));
    return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/media-stream",
        "/media-stream?a=b",
        "/media-stream;a=b",
        "/media-stream/",
        "//media-stream",
        "/./media-stream",
        "/x/../media-stream",
        "/%6Dedia-stream",
        "/media%2Dstream",
      })
  void noSpellingOfThePathGetsRoundTheSignature(String path) throws Exception {
    assertThat(headOfUpgrade(path, "")).first().asString().doesNotContain(" 101 ");
  }

  @Test
  void compressionIsNotNegotiated() throws Exception {
    String headers =
        "X-Twilio-Signature: "
            + TwilioSocket.signature()
            + "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n";

    assertThat(headOfUpgrade("/media-stream", headers))
        .anyMatch(line -> line.contains(" 101 "))
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("extensions"));
  }

  private static List<String> headOfUpgrade(String path, String headers) throws Exception {
    try (var socket = new Socket("localhost", APP.getLocalPort())) {
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
              + headers
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Stream.generate(() -> lineOf(reader)).takeWhile(line -> !line.isEmpty()).toList();
    }
  }

  private static String lineOf(BufferedReader reader) {
    try {
      return reader.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The start

  @Test
  void aSignedStreamGetsItsConversation() {
    try (var twilio = TwilioSocket.signed(APP.getLocalPort())) {
      twilio.started("MZ1", "CA1", side.parameters, brief);

      await().until(() -> side.conversations.of(brief.callId()).size() == 1);
      var begun = side.conversations.of(brief.callId()).get(0);
      assertThat(begun.brief()).isEqualTo(brief);
      assertThat(begun.streamId()).isEqualTo("MZ1");
      assertThat(begun.carrierCallId()).isEqualTo("CA1");
    }
  }

  @Test
  @Behaviour(21)
  void aStreamThatNeverStartsIsClosed() throws Exception {
    int before = side.conversations.count();
    var twilio = TwilioSocket.signed(APP.getLocalPort()).connected();

    assertThat(twilio.closed().get(20, TimeUnit.SECONDS)).isEqualTo(POLICY);
    assertThat(side.conversations.count()).isEqualTo(before);
  }

  @Test
  @Behaviour(20)
  void changedParametersAreRefused() throws Exception {
    Map<String, String> changed = new HashMap<>(side.parameters.sign(brief));
    changed.put("party_size", "40");

    assertThat(closeCodeAfterStartWith(changed)).isEqualTo(POLICY);
  }

  @Test
  @Behaviour({4, 20})
  void expiredParametersAreRefused() throws Exception {
    Clock longAgo =
        Clock.offset(Clock.systemUTC(), StreamParameters.VALIDITY.plusSeconds(1).negated());
    Map<String, String> expired = new StreamParameters("secret", longAgo).sign(brief);

    assertThat(closeCodeAfterStartWith(expired)).isEqualTo(POLICY);
  }

  @Test
  void aStreamWithoutParametersIsRefused() throws Exception {
    assertThat(closeCodeAfterStartWith(Map.of())).isEqualTo(POLICY);
  }

  private int closeCodeAfterStartWith(Map<String, String> parameters) throws Exception {
    var twilio = TwilioSocket.signed(APP.getLocalPort()).connected();
    twilio.start("MZ1", "CA1", parameters);
    int code = twilio.closed().get(20, TimeUnit.SECONDS);
    assertThat(side.conversations.of(brief.callId())).isEmpty();
    return code;
  }

  @ParameterizedTest
  @CsvSource({"audio/l16, 8000, 1", "audio/x-mulaw, 16000, 1", "audio/x-mulaw, 8000, 2"})
  void audioThatWeCannotSpeakIsRefused(String encoding, int sampleRate, int channels)
      throws Exception {
    var twilio = TwilioSocket.signed(APP.getLocalPort()).connected();
    Map<String, String> parameters = side.parameters.sign(brief);
    twilio.start("MZ1", "CA1", parameters, encoding, sampleRate, channels);

    assertThat(twilio.closed().get(20, TimeUnit.SECONDS)).isEqualTo(UNACCEPTABLE);
    assertThat(side.conversations.of(brief.callId())).isEmpty();
  }
}

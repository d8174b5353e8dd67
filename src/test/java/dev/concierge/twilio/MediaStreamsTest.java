package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.Behaviour;
import dev.concierge.bridge.CallerEvent;
import dev.concierge.bridge.CallerEvent.KeyPressed;
import dev.concierge.bridge.CallerEvent.Lost;
import dev.concierge.bridge.CallerEvent.MarkReturned;
import dev.concierge.bridge.CallerEvent.Media;
import dev.concierge.bridge.CallerEvent.Stopped;
import dev.concierge.call.Brief;
import dev.concierge.call.EndedReason;
import dev.concierge.twilio.RecordingConversations.Begun;
import io.dropwizard.core.Configuration;
import io.dropwizard.testing.junit5.DropwizardAppExtension;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import jakarta.websocket.server.ServerContainer;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.websocket.jakarta.server.JakartaWebSocketServerContainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes over an admitted media stream. */
@ExtendWith(DropwizardExtensionsSupport.class)
class MediaStreamsTest {

  private static final DropwizardAppExtension<Configuration> APP = TwilioSide.extension();
  private static final int NORMAL = 1000;
  private static final String MEDIA =
      """
      {"event":"media","sequenceNumber":"2","media":{"track":"inbound","chunk":"1",\
      "timestamp":"5","payload":"%s"},"streamSid":"MZ1"}"""
          .formatted("f".repeat(216));

  private final TwilioSide side = APP.getApplication();
  private final Brief brief = Briefs.at("Chez Nous");

  @BeforeAll
  static void waitForLong() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

  private TwilioSocket started() {
    return TwilioSocket.signed(APP.getLocalPort()).started("MZ1", "CA1", side.parameters, brief);
  }

  private Begun conversationOn(Brief which) {
    await().until(() -> side.conversations.of(which.callId()).size() == 1);
    return side.conversations.of(which.callId()).get(0);
  }

  // From Twilio

  @Test
  void theConversationHearsTheLineInOrder() {
    try (var twilio = started()) {
      byte[] audio = {1, 2, 3};
      twilio
          .media("MZ1", 20, audio)
          .send("mark", "MZ1", Map.of("name", "m-1"))
          .send("dtmf", "MZ1", Map.of("track", "inbound_track", "digit", "5"));
      var begun = conversationOn(brief);

      await().until(() -> begun.events().size() == 3);
      Media media = (Media) begun.events().get(0);
      assertThat(media.timestampMs()).isEqualTo(20);
      assertThat(media.audio()).isEqualTo(audio);
      assertThat(begun.events().subList(1, 3))
          .containsExactly(new MarkReturned("m-1"), new KeyPressed("5"));
    }
  }

  @Test
  @Behaviour(23)
  void junkIsIgnoredAndCountedAndTheCallGoesOn() {
    try (var twilio = started()) {
      List<String> junk = List.of("", "{", "[]", "{\"event\":\"video\"}", "{\"event\":\"media\"}");
      junk.forEach(twilio::text);
      twilio
          .binary(new byte[] {1, 2, 3})
          .media("MZ1", "outbound", 20, new byte[160])
          .text("x".repeat(200_000))
          .start("MZ2", "CA2", side.parameters.sign(Briefs.at("Another")));
      twilio.media("MZ1", 40, new byte[160]);
      var begun = conversationOn(brief);

      await().until(() -> begun.last() instanceof Media);
      assertThat(begun.ignored()).isEqualTo(junk.size() + 4);
      assertThat(begun.events()).hasSize(junk.size() + 4 + 1);
    }
  }

  @Test
  @Behaviour(23)
  void textThatIsNoTextIsJunkToo() throws Exception {
    try (var peer = new Socket("localhost", APP.getLocalPort())) {
      upgrade(peer);
      OutputStream out = peer.getOutputStream();
      out.write(masked(startMessage().getBytes(StandardCharsets.UTF_8)));
      byte[] notUtf8 = new byte[200];
      Arrays.fill(notUtf8, (byte) 0xC0);
      out.write(masked(notUtf8));
      out.write(masked(MEDIA.getBytes(StandardCharsets.UTF_8)));
      var begun = conversationOn(brief);

      await().until(() -> begun.last() instanceof Media);
      assertThat(begun.ignored()).isEqualTo(1);
      assertThat(begun.events()).hasSize(2);
    }
  }

  @Test
  void anEndlessMessageIsDroppedAsItComes() {
    try (var twilio = started()) {
      String part = "x".repeat(50_000);
      for (int i = 0; i < 20; i++) {
        twilio.textPart(part, false);
      }
      twilio.textPart("", true).media("MZ1", 40, new byte[160]);
      var begun = conversationOn(brief);

      await().until(() -> begun.last() instanceof Media);
      assertThat(begun.ignored()).isEqualTo(1);
    }
  }

  @Test
  void whatComesBeforeTheStartIsNoConversation() {
    try (var twilio = TwilioSocket.signed(APP.getLocalPort())) {
      twilio.connected().media("MZ1", 0, new byte[160]).text("{");
      twilio.start("MZ1", "CA1", side.parameters.sign(brief));
      var begun = conversationOn(brief);

      await().until(() -> begun.events().size() == 2);
      assertThat(begun.ignored()).isEqualTo(2);
    }
  }

  @Test
  void aFloodEndsTheStream() {
    var twilio = started();
    var begun = conversationOn(brief);
    int sent = 0;
    while (sent < 100_000 && twilio.takes("{}")) {
      sent++;
    }

    await().until(() -> begun.last() instanceof Lost);
    assertThat(begun.last())
        .isEqualTo(new Lost(EndedReason.CALLER_LEG_LOST, "more than 5000 messages a second"));
  }

  // To Twilio

  @Test
  @Behaviour(35)
  void theConversationSpeaksInOrderAndOnItsOwnStream() {
    try (var twilio = started()) {
      var line = conversationOn(brief).line();
      line.play(new byte[] {-1, 127, 0});
      line.mark("m-1");
      line.clear();

      await().until(() -> twilio.received().size() == 3);
      assertThat(twilio.received())
          .containsExactly(
              "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"/38A\"}}",
              "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"m-1\"}}",
              "{\"event\":\"clear\",\"streamSid\":\"MZ1\"}");
    }
  }

  @Test
  void muchIsSentAtOnceAndArrivesInOrder() {
    try (var twilio = started()) {
      var line = conversationOn(brief).line();
      for (int i = 0; i < 2_000; i++) {
        line.mark("m-" + i);
      }

      await().until(() -> twilio.received().size() == 2_000);
      for (int i = 0; i < 2_000; i++) {
        assertThat(twilio.received().get(i)).contains("\"m-" + i + "\"");
      }
    }
  }

  @Test
  @Behaviour(22)
  void twoStreamsAtOnceNeverMix() {
    Brief other = Briefs.at("Chez Eux");
    try (var here = started();
        var there = TwilioSocket.signed(APP.getLocalPort())) {
      there.started("MZ2", "CA2", side.parameters, other);
      var mine = conversationOn(brief);
      var theirs = conversationOn(other);
      for (int i = 0; i < 50; i++) {
        here.media("MZ1", i, new byte[] {1});
        there.media("MZ2", i, new byte[] {2});
        mine.line().play(new byte[] {3});
        theirs.line().play(new byte[] {4});
      }

      await().until(() -> mine.events().size() == 50 && theirs.events().size() == 50);
      await().until(() -> here.received().size() == 50 && there.received().size() == 50);
      assertThat(theirs.brief()).isEqualTo(other);
      assertThat(theirs.carrierCallId()).isEqualTo("CA2");
      assertThat(mine.events()).allMatch(event -> soundOf(event) == 1);
      assertThat(theirs.events()).allMatch(event -> soundOf(event) == 2);
      assertThat(here.received()).allMatch(m -> m.contains("\"MZ1\"") && m.contains("\"Aw==\""));
      assertThat(there.received()).allMatch(m -> m.contains("\"MZ2\"") && m.contains("\"BA==\""));
    }
  }

  private static int soundOf(CallerEvent event) {
    return ((Media) event).audio()[0];
  }

  @Test
  @Behaviour(37)
  void aPeerThatStopsReadingIsGivenUp() throws Exception {
    try (var peer = new Socket("localhost", APP.getLocalPort())) {
      upgrade(peer);
      peer.getOutputStream().write(masked(startMessage().getBytes(StandardCharsets.UTF_8)));
      var begun = conversationOn(brief);
      byte[] speech = new byte[60_000];
      int pieces = 0;
      while (!(begun.last() instanceof Lost) && pieces < 1_000) {
        begun.line().play(speech);
        pieces++;
      }

      assertThat(begun.last()).isInstanceOf(Lost.class);
      assertThat(((Lost) begun.last()).reason()).isEqualTo(EndedReason.CALLER_LEG_STALLED);
      int told = begun.events().size();
      begun.line().play(speech);
      assertThat(begun.events()).hasSize(told);
      await().until(() -> openSockets() == 0);
    }
  }

  private static void upgrade(Socket peer) throws Exception {
    String request =
        "GET /media-stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nX-Twilio-Signature: "
            + TwilioSocket.signature()
            + "\r\n\r\n";
    peer.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(peer.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 101");
  }

  private String startMessage() throws Exception {
    return new ObjectMapper()
        .writeValueAsString(
            Map.of(
                "event",
                "start",
                "start",
                Map.of(
                    "streamSid",
                    "MZ1",
                    "callSid",
                    "CA1",
                    "mediaFormat",
                    Map.of("encoding", "audio/x-mulaw", "sampleRate", 8000, "channels", 1),
                    "customParameters",
                    side.parameters.sign(brief))));
  }

  /** A text frame of between 126 and 65,535 bytes, masked with zeros, which changes nothing. */
  private static byte[] masked(byte[] payload) {
    var frame = ByteBuffer.allocate(8 + payload.length);
    frame.put((byte) 0x81).put((byte) (0x80 | 126)).putShort((short) payload.length).putInt(0);
    return frame.put(payload).array();
  }

  private static int openSockets() {
    var context = APP.getEnvironment().getApplicationContext().getServletContext();
    return ((JakartaWebSocketServerContainer) context.getAttribute(ServerContainer.class.getName()))
        .getOpenSessions()
        .size();
  }

  // The end

  @Test
  void aStopEndsTheConversationAndTheSocket() throws Exception {
    var twilio = started();
    var begun = conversationOn(brief);
    twilio.send("stop", "MZ1", Map.of("callSid", "CA1"));

    assertThat(twilio.closed().get(30, TimeUnit.SECONDS)).isEqualTo(NORMAL);
    assertThat(begun.events()).containsExactly(new Stopped());
  }

  @Test
  void aSocketThatClosesWithoutAStopIsLost() {
    var twilio = started();
    var begun = conversationOn(brief);
    twilio.close();

    await().until(() -> begun.last() instanceof Lost);
    assertThat(begun.events())
        .containsExactly(new Lost(EndedReason.CALLER_LEG_LOST, "closed with 1000"));
  }

  @Test
  void aSocketThatVanishesIsLost() {
    var twilio = started();
    var begun = conversationOn(brief);
    twilio.vanish();

    await().until(() -> begun.last() instanceof Lost);
    assertThat(begun.events()).hasSize(1);
    assertThat(((Lost) begun.last()).reason()).isEqualTo(EndedReason.CALLER_LEG_LOST);
  }

  @Test
  void hangingUpTwiceIsHangingUpOnce() throws Exception {
    var twilio = started();
    var begun = conversationOn(brief);
    begun.line().close();
    begun.line().close();
    begun.line().play(new byte[160]);

    assertThat(twilio.closed().get(30, TimeUnit.SECONDS)).isEqualTo(NORMAL);
    assertThat(twilio.received()).isEmpty();
    assertThat(begun.events()).containsExactly(new Stopped());
  }

  @Test
  @Behaviour(29)
  void whenTheModelCannotSpeakTwilioDoes() {
    side.callsApi.answers(200, "{\"sid\":\"CA-say\",\"status\":\"in-progress\"}");
    try (var twilio = TwilioSocket.signed(APP.getLocalPort())) {
      twilio.started("MZ1", "CA-say", side.parameters, brief);
      conversationOn(brief).line().sayAndHangUp("Sorry, goodbye.");

      await()
          .untilAsserted(
              () ->
                  assertThat(side.callsApi.asked())
                      .anyMatch(
                          asked ->
                              asked.uri().getPath().endsWith("/Calls/CA-say.json")
                                  && asked.form().contains("Sorry")));
      assertThat(twilio.closed()).isNotDone();
    }
  }

  @Test
  void whenTwilioCannotSpeakEitherTheLineIsClosed() throws Exception {
    side.callsApi.answers(500, "");
    var twilio = started();
    conversationOn(brief).line().sayAndHangUp("Sorry, goodbye.");

    assertThat(twilio.closed().get(30, TimeUnit.SECONDS)).isEqualTo(NORMAL);
  }
}

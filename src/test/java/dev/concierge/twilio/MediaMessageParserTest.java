package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.twilio.MediaMessage.Connected;
import dev.concierge.twilio.MediaMessage.Dtmf;
import dev.concierge.twilio.MediaMessage.Mark;
import dev.concierge.twilio.MediaMessage.Media;
import dev.concierge.twilio.MediaMessage.MediaFormat;
import dev.concierge.twilio.MediaMessage.Start;
import dev.concierge.twilio.MediaMessage.Stop;
import dev.concierge.twilio.MediaMessage.Unknown;
import dev.concierge.twilio.MediaMessage.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaMessageParserTest {

  private static MediaMessage parse(String text) {
    return MediaMessageParser.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aStartCarriesItsNamesParametersAndFormat() {
    assertThat(
            parse(
                """
                {"event":"start","sequenceNumber":"1","streamSid":"MZ1","start":{
                  "accountSid":"AC1","callSid":"CA1","streamSid":"MZ1","tracks":["inbound"],
                  "mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},
                  "customParameters":{"call_id":"42","guest_name":"Ada"}}}"""))
        .isEqualTo(
            new Start(
                "MZ1",
                "CA1",
                Map.of("call_id", "42", "guest_name", "Ada"),
                MediaFormat.MULAW_8K_MONO));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1240\"", "1240"})
  @Behaviour(24)
  void aTimestampMayBeTextOrNumber(String timestamp) {
    var message =
        parse(
            """
            {"event":"media","sequenceNumber":4,"streamSid":"MZ1","media":{
              "track":"inbound","chunk":"2","timestamp":%s,"payload":"/38A"}}"""
                .formatted(timestamp));

    assertThat(message).isInstanceOf(Media.class);
    Media media = (Media) message;
    assertThat(media.isInbound()).isTrue();
    assertThat(media.timestampMs()).isEqualTo(1240);
    assertThat(media.payload()).containsExactly(0xFF, 0x7F, 0x00);
  }

  @Test
  void theOtherMessagesAreRead() {
    assertThat(parse("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}"))
        .isEqualTo(new Connected());
    assertThat(parse("{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"m-7\"}}"))
        .isEqualTo(new Mark("m-7"));
    assertThat(parse("{\"event\":\"dtmf\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"#\"}}"))
        .isEqualTo(new Dtmf("#"));
    assertThat(parse("{\"event\":\"stop\",\"stop\":{\"callSid\":\"CA1\"}}")).isEqualTo(new Stop());
    assertThat(parse("{\"event\":\"video\"}")).isEqualTo(new Unknown("video"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"media\"",
        "{",
        "{}",
        "{\"event\":7}",
        "{\"event\":\"stop\"} and more",
        "{\"event\":\"media\"}",
        "{\"event\":\"media\",\"media\":null}",
        "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"-1\",\"payload\":\"\"}}",
        "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"x\",\"payload\":\"\"}}",
        "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"1\",\"payload\":\"*\"}}",
        "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"1\"}}",
        "{\"event\":\"mark\",\"mark\":{}}",
        "{\"event\":\"start\",\"start\":{\"streamSid\":\"MZ1\",\"callSid\":\"CA1\"}}",
      })
  void junkIsUnreadable(String text) {
    assertThat(parse(text)).isInstanceOf(Unreadable.class);
  }

  @Example
  void endlessNestingIsUnreadable() {
    assertThat(parse("[".repeat(60_000))).isInstanceOf(Unreadable.class);
  }

  @Example
  void bytesThatAreNoTextAreMarkedAsSuch() {
    byte[] message = "{\"event\":\"a?\"}".getBytes(StandardCharsets.UTF_8);
    message[11] = -1;

    assertThat(MediaMessageParser.parse(message)).isEqualTo(new Unknown("a\uFFFD"));
  }

  @Property
  void noTextMakesItThrow(@ForAll String text) {
    assertThat(parse(text)).isNotNull();
  }

  @Property
  void noBytesMakeItThrow(@ForAll byte[] bytes) {
    assertThat(MediaMessageParser.parse(bytes)).isNotNull();
  }
}

package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.twilio.MediaMessage.Media;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaScannerTest {

  private static @Nullable Media scan(String text) {
    return MediaScanner.scan(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final String TWILIOS =
      """
      {"event":"media","sequenceNumber":"3","media":{"track":"inbound","chunk":"1",\
      "timestamp":"20","payload":"f38A"},"streamSid":"MZ1"}""";

  @Property
  void readsWhatTwilioWritesInAnyOrder(
      @ForAll("orders") List<Integer> order,
      @ForAll @LongRange(min = 0) long timestampMs,
      @ForAll @Size(max = 400) byte[] audio) {
    List<String> fields =
        List.of(
            "\"track\":\"inbound\"",
            "\"chunk\":\"7\"",
            "\"timestamp\":\"" + timestampMs + "\"",
            "\"payload\":\"" + Base64.getEncoder().encodeToString(audio) + "\"");
    String media = order.stream().map(fields::get).collect(Collectors.joining(","));

    Media read =
        scan(
            "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{"
                + media
                + "},\"sequenceNumber\":\"3\"}");

    assertThat(read).isNotNull();
    assertThat(read.track()).isEqualTo("inbound");
    assertThat(read.timestampMs()).isEqualTo(timestampMs);
    assertThat(read.payload()).isEqualTo(audio);
  }

  @Property
  void agreesWithTheParserOrLeavesItToIt(
      @ForAll @IntRange(max = 140) int place,
      @ForAll("edits") String edit,
      @ForAll boolean insert) {
    int from = Math.min(place, TWILIOS.length() - 1);
    String text = TWILIOS.substring(0, from) + edit + TWILIOS.substring(insert ? from : from + 1);

    assertThatTheParserAgrees(text);
  }

  @Property
  void agreesWithTheParserOnNamesThatComeTwice(
      @ForAll("members") @Size(min = 1, max = 6) List<String> members) {
    String text = "{\"event\":\"media\"," + String.join(",", members) + "}";

    assertThatTheParserAgrees(text);
  }

  private static void assertThatTheParserAgrees(String text) {
    Media scanned = scan(text);

    if (scanned != null) {
      assertThat(MediaMessageParser.parseAny(text))
          .usingRecursiveComparison()
          .withStrictTypeChecking()
          .isEqualTo(scanned);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"m-7\"}}",
        "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":20,\"payload\":\"\"}}",
        "{\"event\":\"media\",\"media\":{\"track\":\"inb\\u006fund\",\"timestamp\":\"2\",\"payload\":\"\"}}",
        "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"-2\",\"payload\":\"\"}}",
        "{\"event\":\"media\",\"media\":{\"timestamp\":\"2\",\"payload\":\"\"}}",
        "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"2\",\"payload\":\"*\"}}",
        "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"2\",\"payload\":\"\"}} ",
        "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"2\",\"payload\":\"",
        "{\"event\":\"media\",",
      })
  void leavesToTheParserWhatItDoesNotKnow(String text) {
    assertThat(scan(text)).isNull();
  }

  @Provide
  Arbitrary<List<Integer>> orders() {
    return Arbitraries.shuffle(0, 1, 2, 3);
  }

  @Provide
  Arbitrary<List<String>> members() {
    return Arbitraries.of(
            "\"event\":\"stop\"",
            "\"event\":\"media\"",
            "\"media\":\"x\"",
            "\"media\":{\"track\":\"inbound\",\"timestamp\":\"2\",\"payload\":\"AA==\"}",
            "\"media\":{\"track\":\"outbound\",\"timestamp\":\"3\",\"timestamp\":\"4\",\"payload\":\"\"}",
            "\"media\":{\"track\":\"outbound\"}",
            "\"media\":{\"payload\":\"AA==\"}",
            "\"media\":{\"track\":\"inbound\",\"timestamp\":\"2\"}",
            "\"media\":{\"track\":\"inbound\",\"media\":\"x\"}",
            "\"sequenceNumber\":\"4\"",
            "\"streamSid\":\"MZ1\"")
        .list();
  }

  /** What may stand in a text, so that both may take it, and what JSON is made of. */
  @Provide
  Arbitrary<String> edits() {
    return Combinators.combine(
            Arbitraries.of("", "\"", ",", ":", "{", "}", "[", "]", "\\", " ", "null", "1", "-"),
            Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(2))
        .as(String::concat);
  }
}

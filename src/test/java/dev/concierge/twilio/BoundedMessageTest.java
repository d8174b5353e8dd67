package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedMessageTest {

  private final BoundedMessage message = new BoundedMessage(6);

  private Optional<String> add(String part, boolean last) {
    return message.add(part.getBytes(StandardCharsets.UTF_8), last).map(BoundedMessageTest::text);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Test
  void aWholeMessageIsTheMessage() {
    assertThat(add("abcdef", true)).hasValue("abcdef");
  }

  @Test
  void partsAreJoined() {
    assertThat(add("ab", false)).isEmpty();
    assertThat(add("cd", false)).isEmpty();
    assertThat(add("ef", true)).hasValue("abcdef");
  }

  @Test
  void aMessageThatIsTooLongComesOutEmptyAndTheNextIsWhole() {
    assertThat(add("abcdefg", true)).hasValue("");
    assertThat(add("abcd", false)).isEmpty();
    assertThat(add("efgh", false)).isEmpty();
    assertThat(add("i", true)).hasValue("");
    assertThat(add("next", true)).hasValue("next");
  }
}

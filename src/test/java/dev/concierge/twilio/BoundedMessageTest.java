package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedTextTest {

  private final BoundedText text = new BoundedText(6);

  private Optional<String> add(String part, boolean last) {
    return text.add(part.getBytes(StandardCharsets.UTF_8), last);
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

  @Test
  void aCharacterMayBeSplitBetweenParts() {
    byte[] name = "Chéz".getBytes(StandardCharsets.UTF_8);
    assertThat(text.add(Arrays.copyOf(name, 3), false)).isEmpty();
    assertThat(text.add(Arrays.copyOfRange(name, 3, name.length), true)).hasValue("Chéz");
  }

  @Test
  void bytesThatAreNoTextAreMarkedAsSuch() {
    assertThat(text.add(new byte[] {'a', -1}, true)).hasValue("a\uFFFD");
  }
}

package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedTextTest {

  private final BoundedText text = new BoundedText(6);

  @Test
  void aWholeMessageIsTheMessage() {
    assertThat(text.add("abcdef", true)).hasValue("abcdef");
  }

  @Test
  void partsAreJoined() {
    assertThat(text.add("ab", false)).isEmpty();
    assertThat(text.add("cd", false)).isEmpty();
    assertThat(text.add("ef", true)).hasValue("abcdef");
  }

  @Test
  void aMessageThatIsTooLongComesOutEmptyAndTheNextIsWhole() {
    assertThat(text.add("abcdefg", true)).hasValue("");
    assertThat(text.add("abcd", false)).isEmpty();
    assertThat(text.add("efgh", false)).isEmpty();
    assertThat(text.add("i", true)).hasValue("");
    assertThat(text.add("next", true)).hasValue("next");
  }
}

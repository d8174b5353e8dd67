package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreeTextTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"abc, 3", "é, 1", "&, 5", "<, 4", ">, 4", "\", 6", "', 6", "😀, 10", "a&😀, 16"})
  void aTextIsMeasuredAsItWillBeWritten(String text, int length) {
    assertThat(FreeText.escapedLength(text)).isEqualTo(length);
  }

  @Property
  void noTextGetsShorterByWritingItInXml(@ForAll String text) {
    assertThat(FreeText.escapedLength(text)).isGreaterThanOrEqualTo(text.length());
  }

  @Test
  void aTextIsBroughtOnOneLine() throws Exception {
    assertThat(FreeText.read(" a\r\nb\tc\u2028d \n", 9)).isEqualTo("a b c d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\u0000", "a\u0007b", "\u009f", "a\ud83d", "\ude00a", "\ufffe", "\uffff"})
  void aTextThatXmlCannotHoldIsRefused(String text) {
    assertThatThrownBy(() -> FreeText.read(text, 100)).hasMessageContaining("control characters");
  }

  @Test
  void aTextTooLongIsToldItsLength() {
    assertThatThrownBy(() -> FreeText.read("&&", 9))
        .hasMessage("must be shorter: at most 9 characters as XML, and this is 10");
  }
}

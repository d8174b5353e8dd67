package dev.concierge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchTermsTest {

  @Test
  void wordsAreTakenOnceWithoutCaseAccentsAndPunctuation() {
    assertThat(SearchTerms.of("Café-Bar O'Neill's, CAFE! 7:30"))
        .containsExactly("cafe", "bar", "o", "neill", "s", "7", "30");
  }

  @Test
  void writingWithoutSpacesIsFoundIdeographByIdeograph() {
    assertThat(SearchTerms.of("四名様です")).containsExactly("四", "名", "様", "です");
  }

  @Test
  void aTextWithoutLettersAndDigitsHasNoWords() {
    assertThat(SearchTerms.of(" … ?! \u001F")).isEmpty();
  }

  @Test
  void aWordOfAnyLengthFitsIntoTheIndex() {
    assertThat(SearchTerms.of("x".repeat(10_000))).containsExactly("x".repeat(64));
  }
}

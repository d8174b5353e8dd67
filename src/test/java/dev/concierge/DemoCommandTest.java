package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCommandTest {

  @ParameterizedTest
  @CsvSource({
    "data/concierge.mv.db, data/concierge.mv.db",
    "jdbc:h2:./other;USER=sa;PASSWORD=hush, jdbc:h2:./other",
    "jdbc:postgresql://db/desk?user=desk&password=hush, jdbc:postgresql://db/desk",
    "jdbc:postgresql://desk:hush@db/desk, jdbc:postgresql://db/desk",
  })
  void whereTheRecordIsKeptIsToldWithoutItsPassword(String url, String told) {
    assertThat(DemoCommand.keptIn(url)).isEqualTo(told);
  }
}

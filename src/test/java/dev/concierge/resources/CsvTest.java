package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+14155550100", "-1", "@SUM(A1)", " =1", "\uFF1D1"})
  void aCellThatASpreadsheetWouldCalculateIsText(String text) {
    assertThat(Csv.line(List.of(text, "b"))).isEqualTo("'" + text + ",b\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t=1", "\r=1", "\n=1"})
  void soIsOneBehindABlank(String text) {
    assertThat(Csv.line(List.of(text))).contains("'" + text);
  }

  @Test
  void aFormulaStaysHarmlessInsideQuotes() {
    assertThat(Csv.line(List.of("=HYPERLINK(\"http://x\",\"y\")")))
        .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n");
  }

  @Test
  void whatWouldEndACellIsQuoted() {
    assertThat(Csv.line(Arrays.asList("a,b", "say \"hi\"", "two\nlines", null, 7, "")))
        .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",,7,\r\n");
  }
}

package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import java.util.TimeZone;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenTimeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          19:00                | 19:00
          07:30                | 07:30
          00:00                | 00:00
          19:00:00             | 19:00
          7pm                  | 19:00
          7 pm                 | 19:00
          7 p.m.               | 19:00
          7 PM                 | 19:00
          7:30pm               | 19:30
          7.30pm               | 19:30
          7:00 am              | 07:00
          at 7pm               | 19:00
          at 19:30             | 19:30
          7 in the evening     | 19:00
          8:15 in the morning  | 08:15
          noon                 | 12:00
          at noon              | 12:00
          12 noon              | 12:00
          12pm                 | 12:00
          12am                 | 00:00
          12:30pm              | 12:30
          """)
  void aPhraseThatNamesOneTimeIsThatTime(String said, LocalTime time) throws Exception {
    assertThat(SpokenTime.resolve(said)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "7:30", "12", "1900", "7.30", "19:00+02:00", "7-9"})
  void figuresThatAreNotATimeInIsoFormAreRefused(String said) {
    assertRefused(said, "is not clear: write 07:00 or 19:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at 7", "at 7:30"})
  void aTimeThatMayBeMorningOrEveningIsRefused(String said) {
    assertRefused(said, "does not tell morning from evening: say 7am or 7pm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dinner",
        "evening",
        "in the evening",
        "tonight",
        "tonight at 7",
        "tonight at 7:30",
        "midnight",
        "afternoon",
        "half past seven",
        "half past 7pm",
        "quarter to 8 pm",
        "seven pm",
        "around 7pm",
        "7pm or so maybe",
        "7pm or 8pm",
        "7pm to 9pm",
        "7 am or pm",
        "7pm tomorrow",
        "friday at noon",
        "7pm EST",
        "19:00 UTC",
        "19:00Z",
        "7:30:15 pm",
        "in two hours",
        "tomorrow",
        "7 tonight",
      })
  void aPhraseThatDoesNotNameOneTimeIsRefused(String said) {
    assertRefused(said, "must be one time of day");
  }

  @ParameterizedTest
  @ValueSource(strings = {"24:00", "19:60", "99:99"})
  void aTimeThatNoClockShowsIsRefused(String said) {
    assertRefused(said, "is not a time of day");
  }

  @ParameterizedTest
  @ValueSource(strings = {"13pm", "0pm", "19:00 pm"})
  void anHourThatHasNoHalfOfDayIsRefused(String said) {
    assertRefused(said, "must be 1 to 12 before am or pm");
  }

  @Property
  void everyMinuteIsUnderstoodInBothForms(@ForAll @IntRange(max = 1439) int minuteOfDay)
      throws Exception {
    LocalTime time = LocalTime.ofSecondOfDay(minuteOfDay * 60L);
    String spoken =
        "%d:%02d%s"
            .formatted(
                time.getHour() % 12 == 0 ? 12 : time.getHour() % 12,
                time.getMinute(),
                time.getHour() < 12 ? "am" : "pm");
    assertThat(SpokenTime.resolve(time.toString())).isEqualTo(time);
    assertThat(SpokenTime.resolve(spoken)).isEqualTo(time);
  }

  @Test
  void theMachinesZoneDoesNotShow() throws Exception {
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      assertThat(SpokenTime.resolve("7pm")).isEqualTo("19:00");
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  private static void assertRefused(String said, String words) {
    assertThatThrownBy(() -> SpokenTime.resolve(said))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(words);
  }
}

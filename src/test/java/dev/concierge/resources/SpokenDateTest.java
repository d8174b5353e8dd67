package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.TimeZone;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenDateTest {

  /** A Wednesday. */
  private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-18T15:30:12");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-12-01               | 2026-12-01
          2028-02-29               | 2028-02-29
          today                    | 2026-11-18
          tomorrow                 | 2026-11-19
          Tomorrow                 | 2026-11-19
          yesterday                | 2026-11-17
          the day after tomorrow   | 2026-11-20
          in 3 days                | 2026-11-21
          three days from now      | 2026-11-21
          friday                   | 2026-11-20
          on Friday                | 2026-11-20
          this friday              | 2026-11-20
          fri                      | 2026-11-20
          next friday              | 2026-11-27
          next wednesday           | 2026-11-25
          next sunday              | 2026-11-29
          a week from friday       | 2026-11-27
          two weeks from tomorrow  | 2026-12-03
          december 1               | 2026-12-01
          December 1st             | 2026-12-01
          1 december               | 2026-12-01
          the 1st of december      | 2026-12-01
          dec 1, 2026              | 2026-12-01
          friday, december 4       | 2026-12-04
          friday 4 december 2026   | 2026-12-04
          november 18              | 2026-11-18
          january 5                | 2027-01-05
          november 17              | 2027-11-17
          christmas eve            | 2026-12-24
          christmas                | 2026-12-25
          new year's eve           | 2026-12-31
          valentine's day          | 2027-02-14
          """)
  void aPhraseThatNamesOneDayIsThatDay(String said, LocalDate day) throws Exception {
    assertThat(SpokenDate.resolve(said, NOW)).isEqualTo(day);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "someday",
        "friday maybe",
        "maybe friday",
        "friday or saturday",
        "monday to friday",
        "monday and friday",
        "every friday",
        "weekend",
        "this weekend",
        "next week",
        "this week",
        "in two weeks",
        "next month",
        "december",
        "december 32",
        "2027",
        "spring",
        "thanksgiving",
        "tonight",
        "tomorrow evening",
        "tomorrow 7pm",
        "friday 19",
        "friday the 20th",
        "friday next week",
        "2026-12-01T19:00",
        "7pm",
        "in two hours",
        "last friday",
        "tomorrow, please",
        "-1 days",
        "friday friday",
      })
  void aPhraseThatDoesNotNameOneDayIsRefused(String said) {
    assertRefused(said, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-30", "2026-13-01", "february 30", "february 29"})
  void aDayThatDoesNotExistIsRefused(String said) {
    assertRefused(said, "must be a day that exists");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"12/1/2026", "1/12", "01.12.2026", "20261201", "2026/12/01", "12-01-2026"})
  void digitsThatCountriesReadDifferentlyAreRefused(String said) {
    assertRefused(said, "write 2026-12-01");
  }

  @Test
  void aWeekdayThatIsTodayMayBeTodayOrInAWeek() {
    assertRefused("wednesday", "say today or 2026-11-25");
    assertRefused("this wednesday", "say today or 2026-11-25");
    assertRefused("a week from wednesday", "may be today");
  }

  @Test
  void aWeekdayThatIsNotThatDayOfTheMonthIsRefused() {
    assertRefused("friday december 5", "2026-12-05 is a Saturday");
  }

  @Test
  void aTextTooLongToBeADateIsNotEvenParsed() {
    assertRefused("friday " + "or friday ".repeat(20), "must be one day");
  }

  @Test
  void theTwentyNinthOfFebruaryIsFoundInTheNextYear() throws Exception {
    LocalDateTime beforeALeapYear = LocalDateTime.parse("2027-11-18T15:30:12");
    assertThat(SpokenDate.resolve("february 29", beforeALeapYear)).isEqualTo("2028-02-29");
  }

  @Property(tries = 300)
  void anyTextIsADayOrRefused(@ForAll @StringLength(max = 70) String text) {
    assertDayOrRefused(text);
  }

  @Property(tries = 300)
  void aCountOfDaysIsThatManyDaysAhead(@ForAll @IntRange(min = 1, max = 365) int days)
      throws Exception {
    assertThat(SpokenDate.resolve("in " + days + " days", NOW))
        .isEqualTo(NOW.toLocalDate().plusDays(days));
  }

  /** The machine's own zone and language must not show. */
  @Nested
  class OnAnyMachine {

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @BeforeEach
    void moveTheMachine() {
      Locale.setDefault(Locale.GERMANY);
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
    }

    @AfterEach
    void moveItBack() {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @CsvSource({
      "2026-11-18T23:59, tomorrow,    2026-11-19",
      "2026-11-18T00:01, today,       2026-11-18",
      "2026-11-18T12:00, next sunday, 2026-11-29",
      "2026-11-22T12:00, next monday, 2026-11-23",
      // Half an hour that does not exist in New York, and an hour it has twice.
      "2026-03-08T02:30, tomorrow,    2026-03-09",
      "2026-10-31T23:30, tomorrow,    2026-11-01",
      "2026-11-01T01:30, in 2 days,   2026-11-03",
    })
    void aDayIsTheOneOnTheRestaurantsCalendar(LocalDateTime now, String said, LocalDate day)
        throws Exception {
      assertThat(SpokenDate.resolve(said, now)).isEqualTo(day);
    }
  }

  private static void assertRefused(String said, String words) {
    assertThatThrownBy(() -> SpokenDate.resolve(said, NOW))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(words);
  }

  private static void assertDayOrRefused(String text) {
    try {
      assertThat(SpokenDate.resolve(text, NOW)).isNotNull();
    } catch (InvalidValueException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}

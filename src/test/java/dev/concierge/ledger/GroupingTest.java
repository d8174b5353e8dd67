package dev.concierge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupingTest {

  @ParameterizedTest
  @CsvSource({
    // The night in which the clocks of Berlin show two o'clock twice.
    "HOUR, 2026-10-25T00:59:59Z, Europe/Berlin,       2026-10-25T02:00:00+02:00",
    "HOUR, 2026-10-25T01:00:00Z, Europe/Berlin,       2026-10-25T02:00:00+01:00",
    "HOUR, 2026-03-29T01:00:00Z, Europe/Berlin,       2026-03-29T03:00:00+02:00",
    "DAY,  2026-10-24T22:00:00Z, Europe/Berlin,       2026-10-25",
    "DAY,  2026-10-25T22:59:59Z, Europe/Berlin,       2026-10-25",
    "DAY,  2026-10-25T23:00:00Z, Europe/Berlin,       2026-10-26",
    "HOUR, 2026-06-01T00:30:00Z, Asia/Kathmandu,      2026-06-01T06:00:00+05:45",
    "WEEK, 2026-11-23T04:59:59Z, America/New_York,    2026-11-16",
    "WEEK, 2026-11-23T05:00:00Z, America/New_York,    2026-11-23",
    "WEEK, 2027-01-01T12:00:00Z, UTC,                 2026-12-28",
  })
  void aMomentBelongsToTheHourTheDayAndTheWeekOfItsZone(
      Grouping grouping, Instant moment, ZoneId zone, String group) {
    assertThat(grouping.groupOf(moment, zone)).isEqualTo(group);
  }
}

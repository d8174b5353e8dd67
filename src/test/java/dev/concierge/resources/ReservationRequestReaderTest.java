package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Reservation;
import dev.concierge.call.ReservationRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservationRequestReaderTest {

  private final ReservationRequestReader reader = readerAt(TestService.NOW);

  @Test
  void aRequestWithAllFieldsIsTakenWhole() {
    ObjectNode body =
        Requests.valid()
            .put("to", "+33 1 42 68 53 00")
            .put("restaurant_name", "  Chez\nTest ")
            .put("guest_name", "Zoë O'Hara")
            .put("callback_number", "+1 (212) 555-0199")
            .put("special_requests", "a high chair")
            .put("time_window_minutes", 30)
            .put("language", "FR-ca");
    body.putObject("metadata").put("order", "17");
    assertThat(read(body))
        .isEqualTo(
            new ReservationRequest(
                new PhoneNumber("+33142685300"),
                new Reservation(
                    "Chez Test",
                    4,
                    LocalDate.parse("2026-11-19"),
                    LocalTime.parse("19:00"),
                    ZoneId.of("Europe/Paris"),
                    30,
                    "Zoë O'Hara",
                    new PhoneNumber("+12125550199"),
                    "a high chair",
                    "fr-CA"),
                "tomorrow",
                "7pm",
                Map.of("order", "17")));
  }

  @Test
  void whatIsNotSaidHasADefault() {
    ObjectNode body = Requests.valid();
    body.putNull("guest_name");
    assertThat(read(body).reservation())
        .isEqualTo(
            new Reservation(
                "Chez Test",
                4,
                LocalDate.parse("2026-11-19"),
                LocalTime.parse("19:00"),
                ZoneId.of("America/New_York"),
                0,
                null,
                null,
                null,
                "en"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          to                  |                     | is missing: the restaurant's number in E.164
          to                  | null                | is missing
          to                  | 12125550123         | must be text
          to                  | "2125550123"        | in E.164
          to                  | "+1999"             | must be a number that exists
          to                  | "+12125550123;1"    | must be a number that exists
          to                  | {}                  | must be text
          restaurant_name     |                     | is missing
          restaurant_name     | 7                   | must be text
          restaurant_name     | " "                 | must not be blank
          restaurant_name     | "a\\u0000b"         | must not contain control characters
          restaurant_name     | "a\\ud800b"         | must not contain control characters
          party_size          |                     | is missing
          party_size          | "4"                 | must be a whole number from 1 to 100
          party_size          | 0                   | must be a whole number from 1 to 100
          party_size          | 101                 | must be a whole number from 1 to 100
          party_size          | 4.5                 | must be a whole number from 1 to 100
          party_size          | 4294967297          | must be a whole number from 1 to 100
          date                |                     | is missing: the day at the restaurant
          date                | 20261201            | must be text
          date                | "sometime"          | must be one day
          date                | "yesterday"         | must not be past, and this is 2026-11-17
          date                | "2026-11-17"        | at the restaurant it is 2026-11-18T15:30
          date                | "2027-11-19"        | must be at most a year ahead
          date                | "wednesday"         | may be today or in a week
          time                |                     | is missing: the time of day
          time                | 19                  | must be text
          time                | "7"                 | is not clear
          time                | "evening"           | must be one time of day
          time_zone           | "Mars/Olympus"      | must be a name of the IANA time zone database
          time_zone           | "+02:00"            | must be a name of the IANA time zone database
          time_zone           | 1                   | must be text
          guest_name          | ""                  | must not be blank
          guest_name          | []                  | must be text
          callback_number     | "call me"           | must be a number that exists
          special_requests    | "\\t"               | must not be blank
          special_requests    | true                | must be text
          time_window_minutes | -1                  | must be a whole number from 0 to 240
          time_window_minutes | 241                 | must be a whole number from 0 to 240
          time_window_minutes | "30"                | must be a whole number from 0 to 240
          language            | "english please"    | must be a BCP 47 language tag
          language            | "english"           | must be a BCP 47 language tag
          language            | "fil"               | with an ISO 639-1 language
          language            | "x-private"         | must be a BCP 47 language tag
          language            | ""                  | must be a BCP 47 language tag
          language            | 1                   | must be text
          metadata            | []                  | must be an object of texts
          metadata            | "x"                 | must be an object of texts
          partysize           | 4                   | is not known; there are to, restaurant_name
          """)
  void aWrongFieldIsNamedAlone(String field, String json, String message) {
    List<FieldError> errors = errors(Requests.with(field, json));
    assertThat(errors).singleElement().extracting(FieldError::field).isEqualTo(field);
    assertThat(errors.get(0).message()).contains(message);
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    ObjectNode body =
        (ObjectNode)
            Requests.parse(
                """
                {"to": 1, "restaurant_name": "", "party_size": 0, "date": "x", "time": "7",
                 "time_zone": "x", "guest_name": "", "callback_number": "x",
                 "special_requests": "", "time_window_minutes": -1, "language": "",
                 "metadata": {"a": 1, "": "b"}, "unknown": 1}
                """);
    assertThat(errors(body))
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder(
            "to",
            "restaurant_name",
            "party_size",
            "date",
            "time",
            "time_zone",
            "guest_name",
            "callback_number",
            "special_requests",
            "time_window_minutes",
            "language",
            "metadata.a",
            "metadata.",
            "unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "restaurant_name, 200",
    "guest_name, 200",
    "special_requests, 460",
  })
  void aTextIsAsLongAsItIsInXml(String field, int longest) {
    assertThat(errors(Requests.valid().put(field, "é".repeat(longest)))).isEmpty();
    assertThat(errors(Requests.valid().put(field, "&".repeat(longest / 5)))).isEmpty();
    assertThat(errors(Requests.valid().put(field, "é".repeat(longest + 1)))).hasSize(1);
    assertThat(errors(Requests.valid().put(field, "&".repeat(longest / 5 + 1)))).hasSize(1);
  }

  @Test
  void metadataIsBounded() {
    assertThat(errors(withLabels(20, "k", 500))).isEmpty();
    assertThat(errors(withLabels(21, "k", 1)))
        .singleElement()
        .extracting(FieldError::field)
        .isEqualTo("metadata");
    assertThat(errors(withLabels(1, "k", 501))).hasSize(1);
    assertThat(errors(withLabels(1, "k".repeat(40), 1))).hasSize(1);
  }

  @Test
  void aNumberThatDoesNotTellItsTimeZoneNeedsOne() {
    ObjectNode body = Requests.valid().put("to", "+18002255288");
    assertThat(errors(body))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("time_zone");
              assertThat(error.message()).contains("is missing, and the number does not tell it");
            });
    assertThat(errors(body.put("time_zone", "America/Chicago"))).isEmpty();
  }

  @Test
  void theTimeZoneThatIsSaidCountsMoreThanTheNumber() {
    ObjectNode body = Requests.valid().put("time_zone", "Asia/Tokyo");
    assertThat(read(body).reservation().date()).isEqualTo("2026-11-20");
  }

  /** The machine stands where it is already the next day. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-19T04:59:00Z, America/New_York,    2026-11-19",
    "2026-11-19T05:00:00Z, America/New_York,    2026-11-20",
    "2026-11-18T10:59:00Z, Pacific/Auckland,    2026-11-19",
    "2026-11-18T11:00:00Z, Pacific/Auckland,    2026-11-20",
    "2026-11-18T10:00:00Z, Pacific/Pago_Pago,   2026-11-18",
    "2026-03-08T06:59:00Z, America/New_York,    2026-03-09",
    "2026-11-01T05:30:00Z, America/New_York,    2026-11-02",
    "2026-10-25T00:30:00Z, Europe/Paris,        2026-10-26",
  })
  void tomorrowIsTheRestaurantsTomorrow(String now, String zone, LocalDate tomorrow) {
    TimeZone machine = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      ReservationRequest request =
          readerAt(now).read(members(Requests.valid().put("time_zone", zone)));
      assertThat(request.reservation().date()).isEqualTo(tomorrow);
    } finally {
      TimeZone.setDefault(machine);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "today,      15:30, must not be past",
    "2026-11-18, 15:29, must not be past",
    // The clocks in New York go from 2:00 to 3:00 on that day.
    "2027-03-14, 02:30, does not exist on 2027-03-14",
  })
  void aTimeThatNeverComesIsRefused(String date, String time, String message) {
    assertThat(errors(Requests.valid().put("date", date).put("time", time)))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("time");
              assertThat(error.message()).contains(message);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "today,      15:31",
    "2027-11-18, 12:00",
    "2027-03-14, 03:00",
    // This half hour comes twice.
    "2027-11-07, 01:30",
  })
  void aTimeThatComesWithinAYearIsTaken(String date, String time) {
    assertThat(errors(Requests.valid().put("date", date).put("time", time))).isEmpty();
  }

  @Test
  void whereOnlySomeNumbersMayBeCalledAnotherIsNamed() {
    var careful = readerAt(TestService.NOW, Set.of(new PhoneNumber("+12125550123")));
    assertThat(errors(careful, Requests.valid().put("to", "+1 212 555 0123"))).isEmpty();
    assertThat(errors(careful, Requests.valid().put("to", "+12125550124")))
        .singleElement()
        .extracting(FieldError::field)
        .isEqualTo("to");
  }

  private static ReservationRequestReader readerAt(String now) {
    return readerAt(now, Set.of());
  }

  private static ReservationRequestReader readerAt(String now, Set<PhoneNumber> allowedNumbers) {
    return new ReservationRequestReader(
        Clock.fixed(Instant.parse(now), ZoneOffset.UTC), allowedNumbers);
  }

  private static ObjectNode withLabels(int count, String name, int length) {
    ObjectNode body = Requests.valid();
    ObjectNode labels = body.putObject("metadata");
    IntStream.range(0, count).forEach(i -> labels.put(name + i, "v".repeat(length)));
    return body;
  }

  private ReservationRequest read(ObjectNode body) {
    return reader.read(members(body));
  }

  private List<FieldError> errors(ObjectNode body) {
    return errors(reader, body);
  }

  private static List<FieldError> errors(ReservationRequestReader reader, ObjectNode body) {
    ProblemException exception =
        catchThrowableOfType(ProblemException.class, () -> reader.read(members(body)));
    return exception == null ? List.of() : ((Problem) exception.getResponse().getEntity()).errors();
  }

  /** As {@link JsonBody} gives them. */
  private static Map<String, JsonNode> members(ObjectNode body) {
    return body.properties().stream()
        .filter(member -> !member.getValue().isNull())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

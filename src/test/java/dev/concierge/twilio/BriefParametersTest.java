package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.concierge.twilio.ParametersRefusedException.Reason;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BriefParametersTest {

  @ParameterizedTest
  @CsvSource({
    "call_id, 42",
    "party_size, four",
    "party_size, 0",
    "date, tomorrow",
    "time, 7pm",
    "time_zone, Mars/Olympus",
    "time_window_minutes, -1",
    "callback_number, 555",
    "restaurant_name,",
  })
  void aValueThatIsNoneIsMalformed(String name, String value) {
    Map<String, String> parameters = BriefParameters.of(Briefs.at("Chez Nous"));
    if (value == null) {
      parameters.remove(name);
    } else {
      parameters.put(name, value);
    }

    assertThatExceptionOfType(ParametersRefusedException.class)
        .isThrownBy(() -> BriefParameters.read(parameters))
        .extracting(
            ParametersRefusedException::reason, InstanceOfAssertFactories.type(Reason.class))
        .isEqualTo(Reason.MALFORMED);
  }
}

package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.concierge.Behaviour;
import dev.concierge.call.Brief;
import dev.concierge.twilio.ParametersRefusedException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class StreamParametersTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final StreamParameters parameters = signedWith("secret", Duration.ZERO);

  private static StreamParameters signedWith(String secret, Duration later) {
    return new StreamParameters(secret, Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
  }

  @Property(tries = 300)
  @Behaviour(4)
  void anyBriefComesBackAsItWas(@ForAll("briefs") Brief brief) throws Exception {
    assertThat(parameters.verify(parameters.sign(brief))).isEqualTo(brief);
  }

  @Property(tries = 500)
  @Behaviour(4)
  void anySingleChangeIsRefused(
      @ForAll("briefs") Brief brief,
      @ForAll Change change,
      @ForAll @IntRange(max = 30) int which,
      @ForAll String text) {
    Map<String, String> signed = parameters.sign(brief);
    Map<String, String> changed = new HashMap<>(signed);
    var names = new ArrayList<>(signed.keySet());
    String name = names.get(which % names.size());
    switch (change) {
      case REPLACE -> changed.put(name, text);
      case LENGTHEN -> changed.put(name, signed.get(name) + " ");
      case REMOVE -> changed.remove(name);
      case RENAME -> changed.put(name + text, changed.remove(name));
      case ADD -> changed.put("x" + text, text);
    }
    Assume.that(!changed.equals(signed));

    assertThatExceptionOfType(ParametersRefusedException.class)
        .isThrownBy(() -> parameters.verify(changed));
  }

  enum Change {
    REPLACE,
    LENGTHEN,
    REMOVE,
    RENAME,
    ADD
  }

  @Provide
  Arbitrary<Brief> briefs() {
    var anything = Arbitraries.strings().all().ofMaxLength(40);
    return Briefs.with(anything, anything, anything, anything);
  }

  @Example
  void aParameterHiddenInItsNeighbourIsAChange() {
    Map<String, String> signed = parameters.sign(Briefs.at("Chez Nous"));
    // "guest_name" and "language" are neighbours where the names are sorted.
    signed.put("guest_name", signed.get("guest_name") + "language" + signed.remove("language"));

    assertThat(refusalOf(parameters, signed)).isEqualTo(Reason.CHANGED);
  }

  @Example
  @Behaviour(4)
  void theBriefGoesUnderItsOwnNames() {
    assertThat(parameters.sign(Briefs.at("Chez Nous")))
        .containsEntry("restaurant_name", "Chez Nous")
        .containsEntry("party_size", "4")
        .containsEntry("date", "2026-12-24")
        .containsEntry("time", "19:00")
        .containsEntry("time_zone", "America/Los_Angeles")
        .containsEntry("time_window_minutes", "30")
        .containsEntry("guest_name", "Ada")
        .containsEntry("special_requests", "A quiet corner, please.")
        .containsEntry("language", "en")
        .containsKeys("call_id", "expires", "signature");
  }

  @Example
  void whatIsNotAskedForIsLeftOut() {
    assertThat(parameters.sign(Briefs.withoutExtras()))
        .doesNotContainKeys("guest_name", "callback_number", "special_requests");
  }

  @Example
  void parametersLiveForAQuarterOfAnHour() throws Exception {
    Brief brief = Briefs.at("Chez Nous");
    Map<String, String> signed = parameters.sign(brief);
    var justInTime = signedWith("secret", StreamParameters.VALIDITY.minusSeconds(1));
    var tooLate = signedWith("secret", StreamParameters.VALIDITY);

    assertThat(justInTime.verify(signed)).isEqualTo(brief);
    assertThat(refusalOf(tooLate, signed)).isEqualTo(Reason.EXPIRED);
  }

  @Example
  void anotherSecretsSignatureIsRefused() {
    Map<String, String> forged = signedWith("guess", Duration.ZERO).sign(Briefs.at("Chez Nous"));

    assertThat(refusalOf(parameters, forged)).isEqualTo(Reason.CHANGED);
  }

  @Example
  void unsignedParametersAreRefused() {
    Map<String, String> signed = parameters.sign(Briefs.at("Chez Nous"));
    signed.remove("signature");

    assertThat(refusalOf(parameters, signed)).isEqualTo(Reason.MISSING);
  }

  private static Reason refusalOf(StreamParameters parameters, Map<String, String> received) {
    try {
      throw new AssertionError("taken as " + parameters.verify(received));
    } catch (ParametersRefusedException e) {
      return e.reason();
    }
  }
}

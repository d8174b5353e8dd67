package dev.concierge.sandbox.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concierge.call.PhoneNumber;
import dev.concierge.sandbox.fault.Effect;
import dev.concierge.sandbox.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostReaderTest {

  private static final String HEAD =
      "number: '+14155550111'\nname: mine\ndescription: A host\nrings: 0.5s\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rings: soon                              | my.yml: rings: not a length of time",
        "rings: -1s                               | my.yml: rings: a length of time below zero",
        "number: '555'                            | my.yml: number: not a telephone number",
        "colour: red                              | my.yml: colour: Unrecognized field",
        "outcome: lost                            | my.yml: outcome: ",
        "rules: [{hear: '(', then: {say: x}}]     | my.yml: rules.1.hear: not a regular expression",
        "rules: [{then: {say: x}}]                | my.yml: rules.1: hear is missing",
        "rules: [{hear: a, then: {say: '{b}'}}]   | my.yml: rules.1: then: nothing is heard as {b}",
        "otherwise: [{say: a}, {say: '{party}'}]  | otherwise: nothing is heard as {party}",
        "greeting: {press: A}                     | my.yml: greeting: press: keys are",
        "greeting: {then: {hangup: true}}         | my.yml: greeting.then.hangup: Unrecognized",
        "interrupt: {say: x}                      | my.yml: interrupt: after is missing",
        "faults: [{wire: model, do: explode}]     | my.yml: faults.1.do: not a fault: explode",
        "faults: [{do: drop}]                     | my.yml: faults.1: wire is missing",
        "faults: [{wire: twilio, do: refuse 429}] | my.yml: faults.1: do: the Media Stream is not",
      })
  void aMistakeIsToldWithItsFileAndKey(String line, String message) {
    String key = line.substring(0, line.indexOf(':'));
    String yaml = HEAD.replaceAll("(?m)^" + key + ":.*\n", "") + line;

    assertThatThrownBy(() -> HostReader.read("my.yml", yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"number", "name", "description", "rings"})
  void aMissingKeyIsNamed(String key) {
    String yaml = HEAD.replaceAll("(?m)^" + key + ":.*\n", "");

    assertThatThrownBy(() -> HostReader.read("my.yml", yaml))
        .hasMessage("my.yml: " + key + " is missing");
  }

  @Test
  void whereNobodyAnswersNothingIsSaid() {
    assertThatThrownBy(
            () -> HostReader.read("my.yml", HEAD + "outcome: busy\ngreeting: {say: Hello}"))
        .hasMessageStartingWith("my.yml: outcome: nobody answers");
  }

  @Test
  void whatIsNoYamlIsToldWithItsFile() {
    assertThatThrownBy(() -> HostReader.read("my.yml", "a: [")).hasMessageStartingWith("my.yml: ");
    assertThatThrownBy(() -> HostReader.read("my.yml", "")).hasMessageStartingWith("my.yml: ");
  }

  @Test
  void aReplyIsCarriedOutInTheOrderOfItsKeys() {
    Host host =
        new Host(
            HostReader.read(
                "my.yml",
                HEAD + "greeting: {hang_up: true, press: '1#', tone: 0.5s, say: Hello, pause: 1s}"),
            "CA1");

    assertThat(host.pickUp())
        .containsExactly(
            new HostAction.Wait(Duration.ofSeconds(1)),
            new HostAction.Say("Hello"),
            new HostAction.Beep(Duration.ofMillis(500)),
            new HostAction.Press("1"),
            new HostAction.Press("#"),
            new HostAction.HangUp());
  }

  @Test
  void faultsAreToldApartByTheirWire() {
    HostScript host =
        HostReader.read(
            "my.yml",
            HEAD
                + "faults: [{wire: model, message: error, skip: 1, times: 2, do: delay 1.5s},"
                + " {wire: twilio, do: half-close}]");

    assertThat(host.faults(Fault.Wire.MODEL))
        .containsExactly(
            new Fault(Fault.Wire.MODEL, "error", 1, 2, new Effect.Delay(Duration.ofMillis(1_500))));
    assertThat(host.faults(Fault.Wire.TWILIO))
        .containsExactly(new Fault(Fault.Wire.TWILIO, null, 0, 0, Effect.Plain.HALF_CLOSE));
  }

  @Test
  void theUsersHostsAreAddedAndTakeThePlaceOfOurs(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("new.yml"), HEAD);
    Files.writeString(directory.resolve("other.yml"), HEAD.replace("+14155550111", "+14155550100"));
    Files.writeString(directory.resolve("notes.txt"), "not a host");

    Hosts hosts = Hosts.load(directory);

    for (String number : List.of("+14155550111", "+14155550100")) {
      assertThat(hosts.at(new PhoneNumber(number)).name()).isEqualTo("mine");
    }
    assertThat(hosts.at(new PhoneNumber("+14155550108")).name()).isEqualTo("busy");
  }

  @Test
  void anUnlistedNumberIsAnsweredByTheHostThatConfirms() {
    assertThat(Hosts.load(null).at(new PhoneNumber("+442079460000")).name()).isEqualTo("confirms");
  }
}

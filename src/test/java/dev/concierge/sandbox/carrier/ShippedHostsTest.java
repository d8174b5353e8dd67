package dev.concierge.sandbox.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.call.PhoneNumber;
import dev.concierge.sandbox.carrier.HostAction.Beep;
import dev.concierge.sandbox.carrier.HostAction.HangUp;
import dev.concierge.sandbox.carrier.HostAction.Say;
import dev.concierge.sandbox.carrier.HostAction.Wait;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedHostsTest {

  private static final Hosts HOSTS = Hosts.load(null);
  private static final String OPENING =
      "Hello, this is an AI assistant calling for Alex Doe. "
          + "I would like to book a table for four on Saturday, November 21, at 7 PM, please.";
  private static final String READ_BACK =
      "So that's a table for four on Saturday, November 21, at 7 PM, under Alex Doe, "
          + "confirmation number 7 3 4 2. Is that right?";
  private static final String GOODBYE = "Thank you very much. Goodbye!";

  @Test
  void theConfirmingHostRepeatsBooksAgreesAndHangsUp() {
    Host host = host("+14155550100", "CA1");

    assertThat(said(host.pickUp())).startsWith("Good evening");
    assertThat(said(host.heard(OPENING, false)))
        .startsWith("A table for four on Saturday, November 21 at 7 PM, yes")
        .endsWith("What name, please?");
    assertThat(said(host.heard("The name is Alex Doe.", false)))
        .startsWith("Thank you, Alex Doe.")
        .containsPattern("confirmation number is \\d \\d \\d \\d\\.$");
    assertThat(said(host.heard(READ_BACK, false))).startsWith("Yes, that is right.");
    assertThat(host.heard(GOODBYE, false)).containsExactly(new Say("Goodbye."), new HangUp());
  }

  @Test
  void twoCallsHaveTwoConfirmationNumbersAndOneCallHasOne() {
    assertThat(confirmation("CA1")).isEqualTo(confirmation("CA1"));
    assertThat(confirmation("CA1")).isNotEqualTo(confirmation("CA2"));
  }

  @Test
  void aModelThatIsNotUnderstoodIsServedAllTheSame() {
    Host host = host("+14155550100", "CA1");

    assertThat(said(host.heard("", false))).contains("What name");
    assertThat(said(host.heard("", false))).contains("confirmation number");
    assertThat(said(host.heard("", false))).contains("that is right");
    assertThat(host.heard("", false)).endsWith(new HangUp());
    assertThat(host.heard("", false)).endsWith(new HangUp());
  }

  @Test
  void aBusyHostLetsPassWhatItDoesNotKnowAndUsesUpNothing() {
    Host host = host("+14155550100", "CA1");

    assertThat(host.heard("", true)).isEmpty();
    assertThat(said(host.heard(OPENING, true))).startsWith("A table for four");
    assertThat(said(host.heard("", false))).contains("What name");
  }

  @Test
  void anotherTimeIsOfferedAndTakenOrLeft() {
    Host taken = host("+14155550101", "CA1");
    assertThat(said(taken.heard(OPENING, false)))
        .isEqualTo("I am sorry, at 7 PM we are full. I could offer you 8:30 PM. Would that work?");
    assertThat(said(taken.heard("8:30 PM is fine, thank you. Please book it.", false)))
        .endsWith("What name, please?");
    assertThat(said(taken.heard("The name is Alex Doe.", false))).contains("confirmation number");

    Host left = host("+14155550101", "CA1");
    left.heard(OPENING, false);
    assertThat(
            left.heard(
                "I am sorry, Saturday, November 21 at 8:30 PM does not suit the guest."
                    + " I will pass it on. Thank you.",
                false))
        .isEmpty();
    assertThat(left.heard(GOODBYE, false)).endsWith(new HangUp());
  }

  @Test
  void aTableIsBookedUnderNoNameToo() {
    assertThat(said(host("+14155550100", "CA1").heard("I was not given the guest's name.", false)))
        .contains("confirmation number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+14155550102 | I am sorry, we are fully booked on Saturday, November 21.",
        "+14155550103 | I am sorry, we are closed on Saturday, November 21."
      })
  void whereThereIsNoTableTheHostSaysSoAndAnswersTheGoodbye(String number, String answer) {
    Host host = host(number, "CA1");

    assertThat(said(host.heard(OPENING, false))).startsWith(answer);
    assertThat(host.heard("I understand. I will tell the guest. Thank you.", false)).isEmpty();
    assertThat(host.heard(GOODBYE, false)).endsWith(new HangUp());
  }

  @Test
  void theInterruptingHostSpeaksOverTheCallerOnceAndThenConfirms() {
    Host host = host("+14155550104", "CA1");

    assertThat(host.speakingFor(1_180)).isEmpty();
    assertThat(said(host.speakingFor(1_200))).startsWith("Sorry");
    assertThat(host.speakingFor(1_220)).isEmpty();
    assertThat(said(host.heard(OPENING, false))).startsWith("A table for four");
  }

  @Test
  void theOtherHostsDoNotInterrupt() {
    assertThat(host("+14155550100", "CA1").speakingFor(60_000)).isEmpty();
  }

  @Test
  void onHoldTheLineIsSilentForSixSeconds() {
    Host host = host("+14155550105", "CA1");

    List<HostAction> actions = host.heard(OPENING, false);

    assertThat(actions).hasSize(3);
    assertThat(actions.get(1)).isEqualTo(new Wait(Duration.ofSeconds(6)));
    assertThat(actions.get(2))
        .isEqualTo(
            new Say(
                "Thank you for holding. A table for four on Saturday, November 21 at 7 PM, yes,"
                    + " we have that. What name, please?"));
    assertThat(host.heard("Of course, I'll hold.", false)).isEmpty();
  }

  @Test
  void theHostThatHangsUpDoesSoInTheMiddleOfASentence() {
    assertThat(host("+14155550106", "CA1").heard(OPENING, false))
        .containsExactly(new Say("Let me see. Hold on, somebody is"), new HangUp());
  }

  @Test
  void voicemailGreetsBeepsAndRecordsWithoutAWord() {
    Host host = host("+14155550107", "CA1");

    List<HostAction> greeting = host.pickUp();

    assertThat(said(greeting.subList(1, 2))).contains("voicemail").endsWith("after the tone.");
    assertThat(greeting).endsWith(new Beep(Duration.ofMillis(800)));
    assertThat(host.heard(OPENING, false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"+14155550108, BUSY", "+14155550109, NO_ANSWER", "+14155550110, FAILED"})
  void nobodyPicksUp(String number, HostScript.Outcome outcome) {
    assertThat(HOSTS.at(new PhoneNumber(number)).outcome()).isEqualTo(outcome);
  }

  private static Host host(String number, String callSid) {
    return new Host(HOSTS.at(new PhoneNumber(number)), callSid);
  }

  private static String confirmation(String callSid) {
    return said(host("+14155550100", callSid).heard("The name is Alex Doe.", false));
  }

  private static String said(List<HostAction> actions) {
    assertThat(actions).singleElement().isInstanceOf(Say.class);
    return ((Say) actions.get(0)).line();
  }
}

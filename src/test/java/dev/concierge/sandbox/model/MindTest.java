package dev.concierge.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.sandbox.model.Reply.ToolUse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MindTest {

  private static final Set<String> TOOLS = Set.of("record_outcome", "end_call");
  private static final String OK = "{\"ok\":true,\"message\":\"Recorded.\"}";

  static final String INSTRUCTIONS =
      """
      # The reservation
      - Restaurant: Demo Restaurant
      - Party size: 4
      - Date: Saturday 21 November 2026 (2026-11-21)
      - Time: 7:00 PM (19:00)
      - Acceptable times: 18:30 to 19:30
      - Guest name: Alex Doe
      - Callback number: +14155550100
      - Language: en

      # How to talk
      - Be brief.
      """;

  private final Mind mind = new Mind(Briefing.read(INSTRUCTIONS, TOOLS));

  @Test
  void aTableIsBookedAndReadBackAndOnlyThenRecorded() {
    assertThat(hear("Good evening, Demo Restaurant, how can I help you?"))
        .isEqualTo(
            "Hello, this is an AI assistant calling for Alex Doe. I would like to book a table for"
                + " four on Saturday, November 21 at 7 PM.");
    assertThat(hear("Certainly. What name is it under?")).isEqualTo("The name is Alex Doe.");
    assertThat(hear("And a phone number?")).isEqualTo("The number is plus 1 4 1 5 5 5 5 0 1 0 0.");
    assertThat(hear("You're all set. Your confirmation number is 7 3 4 2."))
        .isEqualTo(
            "So that's a table for four on Saturday, November 21 at 7 PM, under Alex Doe,"
                + " confirmation number 7 3 4 2. Is that right?");

    Reply recording = mind.onHeard("Yes, that's right.");
    assertThat(recording.line()).isEmpty();
    assertThat(arguments(recording))
        .isEqualTo(
            json(
                """
                {"result":"confirmed","date":"2026-11-21","time":"19:00","party_size":4,
                 "guest_name":"Alex Doe","confirmation_number":"7342"}"""));

    Reply farewell = mind.onToolOutput("record_outcome", OK);
    assertThat(farewell.line()).isEqualTo("Thank you very much. Goodbye!");
    assertThat(farewell.toolUses()).containsExactly(new ToolUse("end_call", "{}"));
  }

  @Test
  void aTimeWithinTheWindowIsAccepted() {
    opened();

    assertThat(hear("We're full at seven, but we could do seven thirty."))
        .isEqualTo("7:30 PM is fine, thank you. Please book it under the name Alex Doe.");
    assertThat(hear("Great, it's booked. Confirmation number 9 0 1 1."))
        .contains("at 7:30 PM", "confirmation number 9 0 1 1");
    assertThat(arguments(mind.onHeard("Yes, perfect.")).get("time").textValue()).isEqualTo("19:30");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I'm sorry, we are full at seven. I could offer you 9 PM.|alternative_offered|21:00",
        "We only have a table at nine thirty.|alternative_offered|21:30",
        "How about Sunday instead?|alternative_offered|19:00",
        "I'm afraid we are fully booked that evening.|declined|",
        "Sorry, we don't have a table left.|declined|",
        "We are closed on that day.|closed|",
        "We don't take reservations by phone, only online.|no_phone_bookings|",
        "I can put you on the waiting list.|waitlisted|19:00",
        "Could you call back later, please?|callback_needed|",
        "Please leave a message after the tone.|voicemail|"
      })
  void whatIsNotABookingIsRecordedAsWhatItIs(String heard, String result, String time) {
    opened();

    Reply reply = mind.onHeard(heard);

    assertThat(arguments(reply).get("result").textValue()).isEqualTo(result);
    assertThat(arguments(reply).path("time").textValue()).isEqualTo(time);
    assertThat(reply.line()).isEmpty();
    assertThat(mind.onToolOutput("record_outcome", OK).toolUses())
        .extracting(ToolUse::name)
        .containsExactly("end_call");
  }

  @Test
  void whyNothingCameOfItIsSaidWithTheGoodbye() {
    opened();
    mind.onHeard("We only have a table at nine thirty.");

    assertThat(mind.onToolOutput("record_outcome", OK).line())
        .isEqualTo(
            "I am sorry, Saturday, November 21 at 9:30 PM is not what I may book. I will check with"
                + " the guest. Thank you very much. Goodbye!");
    assertThat(mind.onHeard("Bye!").line()).isEqualTo("Thank you very much. Goodbye!");
  }

  @Test
  void anOfferOfAnotherDayIsRecordedWithThatDay() {
    opened();

    Reply reply = mind.onHeard("We could do Monday at 7 PM.");

    assertThat(arguments(reply).get("date").textValue()).isEqualTo("2026-11-23");
  }

  @Test
  void aMachineThatTakesMessagesHearsNothing() {
    Reply recording = mind.onHeard("Hello, you have reached our voicemail.");

    assertThat(recording.line()).isEmpty();
    assertThat(mind.onToolOutput("record_outcome", OK))
        .isEqualTo(new Reply("", List.of(new ToolUse("end_call", "{}"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How many people?|It is for four, please.",
        "For which day?|On Saturday, November 21, please.",
        "What time would you like?|At 7 PM, please.",
        "Could you spell that?|It is spelled A, L, E, X, D, O, E.",
        "Any special requests?|No, that is all, thank you.",
        "May I have the name and a phone number?"
            + "|The name is Alex Doe. The number is plus 1 4 1 5 5 5 5 0 1 0 0.",
        "One moment, please.|Of course, I will hold.",
        "Let me see what we have.|Of course, I will hold.",
        "Are you a robot?|Yes, I am an AI assistant calling for Alex Doe.",
        "Yes, we have a table.|Wonderful. Please book it under the name Alex Doe.",
        "Is that right?|Yes, that is right, thank you."
      })
  void whatIsAskedIsAnsweredAndNotMore(String heard, String answer) {
    opened();

    assertThat(hear(heard)).isEqualTo(answer);
  }

  @Test
  void itHoldsByTheToolForThatWhereItHasOne() {
    Mind holding = new Mind(Briefing.read(INSTRUCTIONS, Set.of("hold")));
    holding.goOn();
    assertThat(holding.onHeard("One moment, please."))
        .isEqualTo(new Reply("Of course, I will hold.", List.of(new ToolUse("hold", "{}"))));
    assertThat(holding.onHeard("Thanks for holding.").toolUses()).isEmpty();
  }

  @Test
  void askedToHoldBeforeItCouldSayAnythingItHoldsAndThenIntroducesItself() {
    assertThat(hear("Hello, please hold.")).isEqualTo("Of course, I will hold.");
    assertThat(hear("Thanks for holding.")).startsWith("Hello, this is an AI assistant");
  }

  @Test
  void aNumberReadBackWronglyIsPutRight() {
    opened();
    hear("It's booked. Your confirmation code is A 7 3.");

    assertThat(hear("No, it is A 7 5.")).contains("confirmation number A 7 5.");
    assertThat(arguments(mind.onHeard("Correct.")).get("confirmation_number").textValue())
        .isEqualTo("A75");
  }

  @Test
  void aBookingAtATimeNobodyAskedForIsNotAgreedTo() {
    opened();

    assertThat(hear("You're all set for nine PM. Confirmation number 1 2 3 4."))
        .isEqualTo("I am sorry, the guest asked for 7 PM. Could you change it to that?");
  }

  @Test
  void aGreetingWhoseFirstWordWasClippedIsStillAGreeting() {
    assertThat(hear("")).startsWith("Hello, this is an AI assistant");
  }

  @Test
  void whatIsNotUnderstoodIsAskedForTwiceAndThenGivenUp() {
    opened();

    assertThat(hear("")).contains("say that again");
    assertThat(hear("Flibbertigibbet.")).contains("Once more");
    assertThat(arguments(mind.onHeard("")).get("result").textValue()).isEqualTo("callback_needed");
  }

  @Test
  void understandingOnceRestoresPatience() {
    opened();
    hear("");
    hear("How many people?");

    assertThat(hear("")).contains("say that again");
  }

  @Test
  void anOutcomeThatWasNotAcknowledgedIsRecordedAgain() {
    opened();
    Reply first = mind.onHeard("We are fully booked.");

    assertThat(mind.onHeard("Sorry about that.").toolUses()).isEqualTo(first.toolUses());
  }

  @Test
  void aConfirmationThatIsRefusedBecomesAnAlternative() {
    opened();
    hear("It's booked.");
    mind.onHeard("Yes.");

    Reply afterRefusal = mind.onToolOutput("record_outcome", "{\"ok\":false}");

    assertThat(arguments(afterRefusal).get("result").textValue()).isEqualTo("alternative_offered");
  }

  @Test
  void spokenToAfterItsGoodbyeItTakesLeaveAgain() {
    opened();
    mind.onHeard("We are fully booked.");
    mind.onToolOutput("record_outcome", OK);

    Reply reply = mind.onHeard("Bye!");

    assertThat(reply.line()).endsWith("Goodbye!");
    assertThat(reply.toolUses()).extracting(ToolUse::name).containsExactly("end_call");
  }

  @Test
  void onlyDeclaredToolsAreCalled() {
    Mind toolless = new Mind(Briefing.read(INSTRUCTIONS, Set.of()));
    toolless.goOn();

    Reply reply = toolless.onHeard("We are fully booked.");

    assertThat(reply.toolUses()).isEmpty();
    assertThat(reply.line()).endsWith("Goodbye!");
  }

  @Test
  void withoutABriefItSaysSo() {
    Mind lost = new Mind(Briefing.read("You are a helpful assistant.", TOOLS));

    assertThat(lost.onHeard("How can I help?").line()).contains("I have lost my instructions");
  }

  @Test
  void whatTheBriefDoesNotSayIsNotInvented() {
    Mind mind =
        new Mind(
            Briefing.read(
                INSTRUCTIONS.replaceAll("(?m)^- (Guest name|Callback number):.*\n", ""), TOOLS));

    assertThat(mind.goOn().line()).contains("calling for a guest");
    assertThat(mind.onHeard("Your name and phone number?").line())
        .isEqualTo("I was not given the guest's name. I was not given a number for the guest.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The call was answered. Greet whoever picked up.|Hello, this is an AI assistant",
        "Nobody has spoken for a while. Ask if they are still there.|Hello, are you still there?",
        "Say thank you and goodbye in one short sentence.|Thank you for your time. Goodbye!",
        "The call must end in half a minute. Say goodbye.|I am sorry, I have to go now."
      })
  void cuesBringALineThatFits(String cue, String start) {
    assertThat(mind.onCue(cue).line()).startsWith(start);
  }

  private void opened() {
    mind.goOn();
  }

  private String hear(String line) {
    Reply reply = mind.onHeard(line);
    assertThat(reply.toolUses()).isEmpty();
    return reply.line();
  }

  private static JsonNode arguments(Reply reply) {
    assertThat(reply.toolUses()).extracting(ToolUse::name).containsExactly("record_outcome");
    return json(reply.toolUses().get(0).argumentsJson());
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}

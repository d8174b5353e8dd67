package dev.concierge.sandbox.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.sandbox.model.Reply.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scripted intelligence that books a table. It hears lines of text and answers with lines and
 * tool calls; of the reservation it knows only its {@link Briefing}. It speaks English.
 *
 * <p>No I/O and no clock: the same lines always bring the same answers. Not thread-safe: its
 * session owns it.
 */
final class Mind {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** So often it asks to repeat before it gives up. */
  private static final int PATIENCE = 2;

  /** A conversation that comes to nothing ends after so many turns. */
  private static final int MAX_TURNS = 40;

  private static final Pattern ASKED_IF_THERE = caseless("still there");
  private static final Pattern ASKED_TO_WRAP_UP = caseless("must end|finish now|wrap up");
  private static final Pattern ASKED_TO_LEAVE = caseless("goodbye");

  private final Briefing briefing;
  private final @Nullable Negotiation negotiation;
  private @Nullable ToolUse outcome;
  private String parting = "";
  private boolean recorded;
  private boolean refused;
  private int misunderstood;
  private int turns;

  Mind(Briefing briefing) {
    this.briefing = briefing;
    this.negotiation =
        briefing.request().map(request -> new Negotiation(briefing, request)).orElse(null);
  }

  Briefing briefing() {
    return briefing;
  }

  /** Does what the client asks for in the instructions of one response. */
  Reply onCue(String instructions) {
    if (ASKED_TO_WRAP_UP.matcher(instructions).find()) {
      return wrapUp();
    }
    if (ASKED_TO_LEAVE.matcher(instructions).find()) {
      return Reply.say("Thank you for your time. Goodbye!");
    }
    return ASKED_IF_THERE.matcher(instructions).find()
        ? Reply.say("Hello, are you still there?")
        : goOn();
  }

  /** Speaks although there is nothing to answer. */
  Reply goOn() {
    Negotiation table = negotiation;
    if (table == null) {
      return lost();
    }
    return recorded ? farewell() : Reply.say(table.open().line());
  }

  /**
   * Answers what was heard.
   *
   * @param heard the words; empty where there was speech that could not be understood
   */
  Reply onHeard(String heard) {
    Negotiation table = negotiation;
    if (table == null) {
      return lost();
    }
    if (recorded) {
      return onHeardAfterwards(table, heard);
    }
    if (outcome != null) {
      // It was being recorded when somebody spoke, and no answer came: once more.
      return new Reply("", List.of(outcome));
    }
    if (++turns > MAX_TURNS) {
      return giveUp("I am sorry, I have to go now.");
    }
    return table.answer(heard).map(this::play).orElseGet(this::askToRepeat);
  }

  /** Goes on when one of its tools has answered. */
  Reply onToolOutput(String tool, String output) {
    if (!tool.equals(Outcomes.RECORD_OUTCOME) || negotiation == null) {
      return Reply.say("");
    }
    if (isOk(output) || refused) {
      recorded = true;
      return farewell();
    }
    refused = true;
    return conclude(negotiation.refused());
  }

  private Reply onHeardAfterwards(Negotiation table, String heard) {
    List<Question> questions = ++turns > MAX_TURNS ? List.of() : Question.in(heard);
    return questions.isEmpty()
        ? farewell()
        : Reply.say(table.answers().to(questions, table.agreed()));
  }

  private Reply play(Move move) {
    misunderstood = 0;
    if (move.equals(Move.HOLD)) {
      return reply(move.line(), List.of(Outcomes.HOLD));
    }
    return move.outcome() == null ? Reply.say(move.line()) : conclude(move);
  }

  private Reply askToRepeat() {
    return switch (misunderstood++) {
      case 0 -> Reply.say("I am sorry, I did not understand. Could you say that again, please?");
      case PATIENCE - 1 -> Reply.say("I am sorry, I still did not understand. Once more, please?");
      default -> giveUp("I am sorry, I cannot understand you. I will call again another time.");
    };
  }

  private Reply giveUp(String line) {
    return conclude(new Move(line, Outcomes.of("callback_needed", null)));
  }

  /**
   * Records the outcome; what there is to say is said with the goodbye, when that is answered. A
   * line of its own would be followed by a silence into which the other side begins to speak.
   */
  private Reply conclude(Move move) {
    outcome = move.outcome();
    parting = move.line();
    if (outcome != null && briefing.tools().contains(Outcomes.RECORD_OUTCOME)) {
      return new Reply("", List.of(outcome));
    }
    recorded = true;
    return farewell();
  }

  private Reply wrapUp() {
    ToolUse unsettled = outcome == null ? Outcomes.of("callback_needed", null) : outcome;
    List<ToolUse> tools = new ArrayList<>(recorded ? List.of() : List.of(unsettled));
    outcome = unsettled;
    tools.add(Outcomes.END_CALL);
    return reply("I am sorry, I have to go now. Thank you for your time. Goodbye!", tools);
  }

  private Reply lost() {
    return reply(
        "I am sorry. I am an AI assistant, and I have lost my instructions. I do not know what to"
            + " book. Goodbye!",
        List.of(
            Outcomes.of("callback_needed", "The agent had no instructions."), Outcomes.END_CALL));
  }

  /** To a machine that takes messages nothing is said. */
  private Reply farewell() {
    boolean toNobody = outcome != null && outcome.argumentsJson().contains("\"voicemail\"");
    String goodbye = toNobody ? "" : "Thank you very much. Goodbye!";
    String line = (parting + " " + goodbye).strip();
    parting = "";
    return reply(line, List.of(Outcomes.END_CALL));
  }

  private Reply reply(String line, List<ToolUse> toolUses) {
    return new Reply(
        line, toolUses.stream().filter(use -> briefing.tools().contains(use.name())).toList());
  }

  private static boolean isOk(String output) {
    try {
      return JSON.readTree(output).path("ok").asBoolean(true);
    } catch (JsonProcessingException e) {
      return true; // Plain words are an answer too.
    }
  }

  private static Pattern caseless(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}

package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.sandbox.model.Reply.ToolUse;
import dev.concierge.sandbox.voice.Speaker;
import dev.concierge.sandbox.voice.Voices;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model's side of the talk: keeps what is still to be answered, and answers with one response
 * at a time.
 *
 * <p>Under the session's lock.
 */
final class Dialogue {

  private final SessionConfig config;
  private final Conversation conversation;
  private final Voices voices;
  private final Wire wire;
  private final Timers timers;
  private final Usage usage = new Usage();
  private final List<String> heard = new ArrayList<>();
  private final List<ToolOutput> toolOutputs = new ArrayList<>();
  private @Nullable Mind mind;
  private @Nullable ResponseRun active;
  private boolean answerWhenDone;

  Dialogue(
      SessionConfig config, Conversation conversation, Voices voices, Wire wire, Timers timers) {
    this.config = config;
    this.conversation = conversation;
    this.voices = voices;
    this.wire = wire;
    this.timers = timers;
  }

  /** What a tool answered. */
  private record ToolOutput(String tool, String output) {}

  /** Something was said to the model; empty where it could not be understood. */
  void hear(String words) {
    heard.add(words);
  }

  /**
   * A tool has answered.
   *
   * @throws RejectedEventException if no tool was called by that id
   */
  void answerTool(String callId, String output) {
    Item call =
        conversation.items().stream()
            .filter(item -> item.is("function_call"))
            .filter(item -> item.json().path("call_id").asText().equals(callId))
            .findFirst()
            .orElseThrow(
                () ->
                    new RejectedEventException(
                        "invalid_tool_call_id",
                        "item.call_id",
                        "Tool call ID '%s' not found in conversation.".formatted(callId)));
    toolOutputs.add(new ToolOutput(call.json().get("name").textValue(), output));
  }

  /** A turn of the caller is over: it is answered, if need be after what is being said. */
  void answerTurn() {
    if (active == null) {
      respond(null, config.toolNames());
    } else {
      answerWhenDone = true;
    }
  }

  /**
   * Responds because the client asks for it.
   *
   * @param parameters the {@code response} of its event; missing if it has none
   * @throws RejectedEventException if a response is under way
   */
  void create(JsonNode parameters) {
    ResponseRun running = active;
    if (running != null) {
      throw new RejectedEventException(
          "conversation_already_has_active_response",
          null,
          ("Conversation already has an active response in progress: %s. Wait until the response is"
                  + " finished before creating a new one.")
              .formatted(running.id()));
    }
    boolean mute = parameters.path("tool_choice").asText().equals("none");
    JsonNode instructions = parameters.path("instructions");
    respond(
        instructions.isTextual() ? instructions.textValue() : null,
        mute ? Set.of() : config.toolNames());
  }

  /**
   * Cuts the active response short because the client asks for it.
   *
   * @param responseId the one it means; missing for the active one, whichever it is
   */
  void cancel(JsonNode responseId) {
    ResponseRun running = active;
    boolean other =
        running != null && responseId.isTextual() && !running.id().equals(responseId.textValue());
    if (running == null || other) {
      throw new RejectedEventException(
          "response_cancel_not_active", null, "Cancellation failed: no active response found");
    }
    running.cancel("client_cancelled");
  }

  /** Cuts the active response short, if there is one, because the caller began to speak. */
  void interrupt() {
    ResponseRun running = active;
    answerWhenDone = false;
    if (running != null) {
      running.cancel("turn_detected");
    }
  }

  private void respond(@Nullable String instructions, Set<String> tools) {
    usage.read(config, conversation.items());
    Reply reply = think(instructions, tools);
    String id = Ids.next("resp_");
    ResponseRun run =
        new ResponseRun(
            id, config.outputAudio(), wire, timers, conversation, usage, this::responseEnded);
    active = run;
    run.start(output(id, reply));
  }

  private void responseEnded() {
    active = null;
    if (answerWhenDone) {
      answerWhenDone = false;
      respond(null, config.toolNames());
    }
  }

  /**
   * @param instructions those of this response alone, which take the place of the session's: what
   *     they do not repeat is not known; {@code null} if it has none
   */
  private Reply think(@Nullable String instructions, Set<String> tools) {
    String told = instructions == null ? config.instructions() : instructions;
    Mind thinking = mindFor(Briefing.read(told, tools));
    Reply afterTools = null;
    for (ToolOutput answer : toolOutputs) {
      afterTools = thinking.onToolOutput(answer.tool(), answer.output());
    }
    toolOutputs.clear();
    String words = String.join(" ", heard).strip();
    boolean spokenTo = !heard.isEmpty();
    heard.clear();
    if (instructions != null) {
      return thinking.onCue(beyond(config.instructions(), instructions));
    }
    if (spokenTo) {
      return thinking.onHeard(words);
    }
    return afterTools == null ? thinking.goOn() : afterTools;
  }

  /** What is told now and was not told before. */
  private static String beyond(String known, String told) {
    return told.startsWith(known) ? told.substring(known.length()) : told;
  }

  /** With other instructions it is of another mind, and knows nothing of what was agreed before. */
  private Mind mindFor(Briefing briefing) {
    Mind known = mind;
    if (known == null || !known.briefing().equals(briefing)) {
      known = new Mind(briefing);
      mind = known;
    }
    return known;
  }

  private List<OutputItem> output(String responseId, Reply reply) {
    List<OutputItem> items = new ArrayList<>();
    if (!reply.line().isEmpty()) {
      byte[] mulaw = voices.speak(Speaker.AGENT, reply.line());
      items.add(
          new SpokenOutput(
              wire, responseId, 0, reply.line(), mulaw, config.outputFormat(), conversation));
    }
    for (ToolUse use : reply.toolUses()) {
      items.add(new ToolCallOutput(wire, responseId, items.size(), use));
    }
    return items;
  }
}

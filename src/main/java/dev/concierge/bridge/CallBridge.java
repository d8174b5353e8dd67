package dev.concierge.bridge;

import dev.concierge.agent.Agent;
import dev.concierge.agent.Cue;
import dev.concierge.agent.ToolResult;
import dev.concierge.bridge.Playback.Cut;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.BargedIn;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.KeyPressed;
import dev.concierge.call.CallFact.ModelFaulted;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Reservation;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One conversation between the caller leg and the model leg: who speaks, what was heard, and when
 * the line is closed.
 *
 * <p>Deterministic: it is given one input at a time, takes its time from a clock, and talks only to
 * its two legs and the ledger. Not thread-safe; {@link BridgedConversations} gives each its
 * mailbox.
 */
final class CallBridge {

  /** How often the agent asks into a silent line before it gives up. */
  private static final int PROMPTS = 2;

  /** How many responses in a row may fail before the callee is let go. */
  private static final int FAILURES = 2;

  private enum Phase {
    /** The model's session is not ready; the callee's audio is kept. */
    CONNECTING,
    TALKING,
    /** The agent was told to say goodbye. */
    GOODBYE_ASKED,
    /** The goodbye was said; it is being played. */
    GOODBYE_PLAYING,
    /** The callee is gone; the last words are being written down. */
    LINGERING,
    ENDED
  }

  private final Reservation reservation;
  private final CallerLeg line;
  private final ModelLeg model;
  private final Agent agent;
  private final Consumer<CallFact> facts;
  private final Clock clock;

  private final LineClock lineClock = new LineClock();
  private final Playback playback = new Playback();
  private final Transcript transcript;
  private final CallerAudio callerAudio;
  private final AgentVoice voice;
  private final Responses responses;
  private final Patience patience;
  private final Figures figures;

  private Phase phase = Phase.CONNECTING;
  private EndedReason goodbyeReason = EndedReason.AGENT_SAID_GOODBYE;
  private boolean spokeInResponse;
  private boolean toolAnswered;
  private boolean endCalled;
  private int prompts;
  private int failures;

  CallBridge(
      Reservation reservation,
      CallerLeg line,
      ModelLeg model,
      Agent agent,
      BridgeSettings settings,
      Consumer<CallFact> facts,
      Clock clock) {
    this.reservation = reservation;
    this.line = line;
    this.model = model;
    this.agent = agent;
    this.facts = facts;
    this.clock = clock;
    transcript = new Transcript(turn -> facts.accept(new TurnSpoken(turn)));
    callerAudio = new CallerAudio(settings.chunk(), model::append);
    voice = new AgentVoice(line, playback, transcript, lineClock);
    responses = new Responses(model);
    patience = new Patience(settings, clock.millis());
    figures = new Figures(clock.millis());
  }

  /** Takes what comes from the line. */
  void accept(CallerEvent event) {
    if (phase == Phase.ENDED || phase == Phase.LINGERING) {
      return;
    }
    if (event instanceof CallerEvent.Media media) {
      lineClock.heard(media.timestampMs(), media.audio().length);
      callerAudio.add(media.audio(), clock.millis());
    } else if (event instanceof CallerEvent.MarkReturned mark) {
      onMark(mark.name());
    } else if (event instanceof CallerEvent.KeyPressed key) {
      facts.accept(new KeyPressed(key.digit()));
    } else if (event instanceof CallerEvent.Ignored) {
      figures.ignored();
    } else if (event instanceof CallerEvent.Stopped) {
      onStopped();
    } else if (event instanceof CallerEvent.Lost lost) {
      end(lost.reason(), lost.detail());
    }
  }

  /** Takes what comes from the model. */
  void accept(ModelEvent event) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (event instanceof ModelEvent.Audio audio) {
      onAgentAudio(audio);
    } else if (event instanceof ModelEvent.Ignored) {
      figures.ignored();
    } else if (event instanceof ModelEvent.Lost lost) {
      onModelLost(lost);
    } else if (!onTurnTaking(event)) {
      onWords(event);
    }
    settle();
  }

  private boolean onTurnTaking(ModelEvent event) {
    if (event instanceof ModelEvent.Ready) {
      onReady();
    } else if (event instanceof ModelEvent.SpeechStarted speech) {
      onHostBegan(speech);
    } else if (event instanceof ModelEvent.SpeechStopped speech) {
      onHostEnded(speech);
    } else if (event instanceof ModelEvent.ResponseStarted response) {
      spokeInResponse = false;
      patience.opening.clear();
      if (!responses.started(response.responseId())) {
        voice.cut(response.responseId());
      }
    } else if (event instanceof ModelEvent.ResponseEnded response) {
      onResponseEnded(response);
    } else if (event instanceof ModelEvent.ToolCalled tool) {
      onTool(tool);
    } else {
      return false;
    }
    return true;
  }

  private void onWords(ModelEvent event) {
    if (event instanceof ModelEvent.AudioEnded) {
      voice.finishItem(clock.millis());
    } else if (event instanceof ModelEvent.AgentTranscript words) {
      transcript.agentWords(words.itemId(), words.text());
    } else if (event instanceof ModelEvent.AgentTranscribed words) {
      transcript.agentTextEnded(words.itemId(), words.text());
    } else if (event instanceof ModelEvent.HostTranscribed words) {
      transcript.hostWords(words.itemId(), words.text(), lineClock.nowMs());
    } else if (event instanceof ModelEvent.TranscriptionFailed failed) {
      transcript.hostWords(failed.itemId(), null, lineClock.nowMs());
    } else if (event instanceof ModelEvent.Faulted fault) {
      onFault(fault);
    }
  }

  private void onReady() {
    if (phase == Phase.CONNECTING) {
      phase = Phase.TALKING;
      callerAudio.open();
      patience.listenForGreeting(clock.millis());
      patience.heardSomebody(clock.millis());
    }
  }

  private void onHostBegan(ModelEvent.SpeechStarted speech) {
    long nowMs = clock.millis();
    transcript.hostBegan(speech.itemId(), speech.startMs() + callerAudio.droppedMs());
    figures.hostEnded(null);
    patience.opening.clear();
    patience.answer.clear();
    patience.quiet.clear();
    prompts = 0;
    responses.hostSpeaking(true);
    voice.cut(responses.activeId());
    List<Cut> cuts = voice.stop(nowMs);
    if (!cuts.isEmpty()) {
      figures.bargeIn();
      facts.accept(new BargedIn(cuts.get(0).heardMs()));
      cuts.forEach(cut -> model.truncate(cut.itemId(), cut.heardMs()));
    }
    if (phase == Phase.GOODBYE_ASKED || phase == Phase.GOODBYE_PLAYING) {
      phase = Phase.TALKING;
      patience.goodbye.clear();
    }
  }

  private void onHostEnded(ModelEvent.SpeechStopped speech) {
    long endedMs = speech.endMs() + callerAudio.droppedMs();
    transcript.hostEnded(speech.itemId(), endedMs);
    figures.hostEnded(endedMs);
    responses.hostSpeaking(false);
    patience.expectAnswer(clock.millis());
    patience.heardSomebody(clock.millis());
  }

  private void onAgentAudio(ModelEvent.Audio audio) {
    if (phase == Phase.LINGERING || !voice.say(audio, clock.millis())) {
      return;
    }
    spokeInResponse = true;
    figures.agentAudio(audio.mulaw().length, clock.millis(), lineClock.nowMs());
    patience.answer.clear();
    patience.quiet.clear();
  }

  private void onMark(String name) {
    long nowMs = clock.millis();
    if (playback.returned(name, nowMs) && !playback.isPlaying()) {
      patience.heardSomebody(nowMs);
      if (responses.isActive()) {
        patience.expectAnswer(nowMs);
      }
    }
    settle();
  }

  private void onTool(ModelEvent.ToolCalled call) {
    ToolResult result = agent.call(reservation, call.name(), call.argumentsJson());
    if (result instanceof ToolResult.Recorded recorded) {
      facts.accept(new OutcomeRecorded(recorded.outcome()));
    }
    if (result instanceof ToolResult.EndCall) {
      endCalled = true;
    } else {
      toolAnswered = true;
    }
    model.answerTool(call.toolCallId(), result.replyJson());
  }

  private void onResponseEnded(ModelEvent.ResponseEnded response) {
    figures.used(response.usage());
    voice.finishItem(clock.millis());
    patience.answer.clear();
    boolean askedAnew = responses.ended();
    boolean leave = endCalled && !responses.isHostSpeaking();
    boolean goOn = toolAnswered;
    endCalled = false;
    toolAnswered = false;
    if (phase == Phase.LINGERING || response.ending() == ModelEvent.Ending.CANCELLED) {
      return;
    }
    if (askedAnew) {
      patience.expectAnswer(clock.millis());
      return;
    }
    if (response.ending() == ModelEvent.Ending.FAILED) {
      onResponseFailed(response);
    } else if (phase == Phase.GOODBYE_ASKED) {
      playGoodbye(goodbyeReason);
    } else if (leave && spokeInResponse) {
      playGoodbye(EndedReason.AGENT_SAID_GOODBYE);
    } else if (leave) {
      askGoodbye(Cue.GOODBYE, EndedReason.AGENT_SAID_GOODBYE);
    } else if (goOn) {
      request(null);
    }
    if (response.ending() != ModelEvent.Ending.FAILED) {
      failures = 0;
    }
  }

  private void onResponseFailed(ModelEvent.ResponseEnded response) {
    String detail = String.valueOf(response.failure());
    facts.accept(new ModelFaulted("response_failed", detail));
    if (++failures < FAILURES) {
      request(null);
    } else {
      apologise(EndedReason.MODEL_FAILED, detail);
    }
  }

  private void onFault(ModelEvent.Faulted fault) {
    facts.accept(new ModelFaulted(fault.code(), fault.message()));
    if (fault.code().equals("conversation_already_has_active_response")) {
      responses.refused();
    }
  }

  private void onModelLost(ModelEvent.Lost lost) {
    if (phase == Phase.LINGERING) {
      finish(EndedReason.CALLEE_HUNG_UP, null);
    } else if (phase != Phase.GOODBYE_PLAYING) {
      apologise(lost.reason(), lost.detail());
    }
  }

  /** The callee hung up. What was said last may still come: it is waited for, but not for long. */
  private void onStopped() {
    if (phase == Phase.GOODBYE_PLAYING) {
      end(goodbyeReason, null);
      return;
    }
    transcript.endAgent(playback, clock.millis());
    line.close();
    phase = Phase.LINGERING;
    patience.linger(clock.millis());
    settle();
  }

  /**
   * Does what has become due. Call it when {@link #nextDeadlineMs} has come; earlier is harmless.
   */
  void onTime() {
    if (phase == Phase.ENDED) {
      return;
    }
    long nowMs = clock.millis();
    if (phase == Phase.LINGERING) {
      if (patience.linger.takeIfDue(nowMs)) {
        finish(EndedReason.CALLEE_HUNG_UP, null);
      }
      return;
    }
    callerAudio.onTime(nowMs);
    if (patience.longest.takeIfDue(nowMs)) {
      end(EndedReason.MAX_DURATION, null);
    } else if (patience.goodbye.takeIfDue(nowMs)) {
      end(goodbyeReason, "the goodbye's end was never acknowledged");
    } else if (patience.answer.takeIfDue(nowMs)) {
      apologise(EndedReason.MODEL_SILENT, "no answer");
    } else if (patience.wrapUp.takeIfDue(nowMs)) {
      request(Cue.WRAP_UP);
    } else if (patience.opening.takeIfDue(nowMs)) {
      request(Cue.OPENING);
    } else if (patience.quiet.takeIfDue(nowMs)) {
      onSilence(nowMs);
    }
  }

  private void onSilence(long nowMs) {
    if (phase != Phase.TALKING || playback.isPlaying()) {
      return;
    }
    patience.heardSomebody(nowMs);
    if (++prompts <= PROMPTS) {
      request(Cue.STILL_THERE);
    } else {
      askGoodbye(Cue.GIVE_UP, EndedReason.SILENCE);
    }
  }

  /** When {@link #onTime} wants to be called, in milliseconds of the clock. */
  long nextDeadlineMs() {
    return switch (phase) {
      case ENDED -> Deadline.NEVER;
      case LINGERING -> patience.linger.atMs();
      default -> Math.min(patience.nextMs(), callerAudio.deadlineMs());
    };
  }

  private void request(@Nullable Cue cue) {
    if (phase == Phase.TALKING || phase == Phase.GOODBYE_ASKED) {
      responses.request(cue);
      if (!responses.isHostSpeaking()) {
        patience.expectAnswer(clock.millis());
      }
    }
  }

  private void askGoodbye(Cue cue, EndedReason reason) {
    goodbyeReason = reason;
    phase = Phase.GOODBYE_ASKED;
    request(cue);
  }

  private void playGoodbye(EndedReason reason) {
    goodbyeReason = reason;
    phase = Phase.GOODBYE_PLAYING;
    patience.quiet.clear();
    patience.playGoodbye(clock.millis(), playback.waitingMs());
  }

  /** Tells what has been said to its end, and leaves when there is nothing left to wait for. */
  private void settle() {
    if (phase == Phase.ENDED) {
      return;
    }
    transcript
        .agentHeard(playback, !responses.isActive(), clock.millis())
        .forEach(playback::forget);
    if (phase == Phase.GOODBYE_PLAYING && !playback.isPlaying()) {
      end(goodbyeReason, null);
    } else if (phase == Phase.LINGERING && !transcript.awaitsHostWords() && !responses.isActive()) {
      finish(EndedReason.CALLEE_HUNG_UP, null);
    }
  }

  /** The model cannot speak any more: the carrier's voice takes leave of the callee. */
  private void apologise(EndedReason reason, String detail) {
    line.clear();
    line.sayAndHangUp(Cue.APOLOGY);
    finish(reason, detail);
  }

  /** Ends the conversation for a reason that lies outside of it. */
  void end(EndedReason reason, @Nullable String detail) {
    line.close();
    finish(reason, detail);
  }

  private void finish(EndedReason reason, @Nullable String detail) {
    if (phase == Phase.ENDED) {
      return;
    }
    phase = Phase.ENDED;
    transcript.endAgent(playback, clock.millis());
    transcript.endHost(lineClock.nowMs());
    model.close();
    facts.accept(
        new ConversationEnded(
            reason, detail, figures.summary(callerAudio.receivedBytes(), clock.millis())));
  }

  boolean isEnded() {
    return phase == Phase.ENDED;
  }
}

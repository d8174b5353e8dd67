package dev.concierge.bridge;

import dev.concierge.agent.Agent;
import dev.concierge.agent.Cue;
import dev.concierge.bridge.Playback.Cut;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.BargedIn;
import dev.concierge.call.CallFact.KeyPressed;
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

  private final ModelLeg model;
  private final Consumer<CallFact> facts;
  private final Clock clock;

  private final LineClock lineClock = new LineClock();
  private final Playback playback = new Playback();
  private final Transcript transcript;
  private final CallerAudio callerAudio;
  private final HostSpeech hostSpeech;
  private final AgentVoice voice;
  private final AgentTurn agentTurn;
  private final Responses responses;
  private final Goodbye goodbye;
  private final Silence silence;
  private final TimeLimit timeLimit;
  private final Ending ending;
  private final Patience patience;
  private final Figures figures;

  private boolean ready;

  CallBridge(
      Reservation reservation,
      CallerLeg line,
      ModelLeg model,
      Agent agent,
      BridgeSettings settings,
      Consumer<CallFact> facts,
      Clock clock) {
    this.model = model;
    this.clock = clock;
    patience = new Patience(settings, clock.millis());
    figures = new Figures(clock.millis());
    this.facts = new FewFaults(facts, figures);
    transcript = new Transcript(playback, lineClock, turn -> facts.accept(new TurnSpoken(turn)));
    callerAudio = new CallerAudio(settings.chunk(), lineClock, model::append);
    hostSpeech = new HostSpeech(settings.minimumSpeech());
    voice = new AgentVoice(line, model, playback, transcript, lineClock);
    responses = new Responses(model, settings.serviceTakesTurns(), patience, clock);
    goodbye = new Goodbye(responses, playback, patience, clock);
    silence = new Silence(responses, goodbye, playback, patience);
    timeLimit = new TimeLimit(responses, goodbye, patience);
    ending = new Ending(line, model, transcript, figures, this.facts, clock);
    agentTurn =
        new AgentTurn(
            new AgentTools(reservation, agent, model, this.facts),
            responses,
            goodbye,
            timeLimit,
            ending,
            patience,
            this.facts,
            clock);
  }

  /** Takes what comes from the line. */
  void accept(CallerEvent event) {
    if (ending.isOver() || ending.isLingering()) {
      return;
    }
    if (event instanceof CallerEvent.Media media) {
      figures.hostAudio(media.audio().length);
      callerAudio.add(media, clock.millis());
    } else if (event instanceof CallerEvent.MarkReturned mark) {
      onMark(mark.name());
    } else if (event instanceof CallerEvent.KeyPressed key) {
      facts.accept(new KeyPressed(key.digit()));
    } else if (event instanceof CallerEvent.Ignored) {
      figures.ignored();
    } else if (event instanceof CallerEvent.Stopped) {
      onStopped();
    } else if (event instanceof CallerEvent.Lost lost) {
      ending.hangUp(lost.reason(), lost.detail());
    }
  }

  /** Takes what comes from the model. */
  void accept(ModelEvent event) {
    if (ending.isOver()) {
      return;
    }
    if (event instanceof ModelEvent.Audio audio) {
      onAgentAudio(audio);
    } else if (event instanceof ModelEvent.Ignored) {
      figures.ignored();
    } else {
      if (!onTurnTaking(event)) {
        onOther(event);
      }
      settle();
    }
  }

  private boolean onTurnTaking(ModelEvent event) {
    if (event instanceof ModelEvent.Ready) {
      onReady();
    } else if (event instanceof ModelEvent.SpeechStarted speech) {
      onHostBegan(speech);
    } else if (event instanceof ModelEvent.SpeechStopped speech) {
      onHostEnded(speech);
    } else if (event instanceof ModelEvent.ResponseStarted response) {
      onResponseStarted(response);
    } else if (event instanceof ModelEvent.ResponseEnded response) {
      onResponseEnded(response);
    } else if (event instanceof ModelEvent.ToolCalled tool) {
      agentTurn.tool(tool);
    } else if (event instanceof ModelEvent.Lost lost) {
      onModelLost(lost);
    } else {
      return false;
    }
    return true;
  }

  private void onOther(ModelEvent event) {
    if (event instanceof ModelEvent.AudioEnded ended) {
      voice.finishItem(ended.itemId(), clock.millis());
    } else if (event instanceof ModelEvent.Faulted fault) {
      agentTurn.faulted(fault);
    } else {
      transcript.accept(event);
    }
  }

  private void onReady() {
    if (!ready) {
      ready = true;
      callerAudio.open();
      patience.listenForGreeting(clock.millis());
      patience.heardSomebody(clock.millis());
    }
  }

  private void onHostBegan(ModelEvent.SpeechStarted speech) {
    if (hostSpeech.hasBegun(speech.itemId(), speech.startMs())) {
      return;
    }
    transcript.hostBegan(speech.itemId(), speech.startMs());
    long nowMs = clock.millis();
    if (hostSpeech.began(speech.itemId(), speech.startMs(), agentSpeaks(), nowMs)) {
      giveTurnToHost(nowMs);
    }
  }

  private boolean agentSpeaks() {
    return playback.isPlaying() || responses.isActive();
  }

  private void giveTurnToHost(long nowMs) {
    figures.hostEnded(null);
    patience.opening.clear();
    patience.answer.clear();
    silence.broken(nowMs);
    List<Cut> cuts = voice.interrupt(responses.activeId(), nowMs);
    responses.hostBegan();
    if (!cuts.isEmpty()) {
      figures.bargeIn();
      facts.accept(new BargedIn(cuts.get(0).heardMs()));
    }
    goodbye.postpone();
  }

  private void onHostEnded(ModelEvent.SpeechStopped speech) {
    if (hostSpeech.hasEnded(speech.itemId(), speech.endMs())) {
      return;
    }
    long nowMs = clock.millis();
    transcript.hostEnded(speech.itemId(), speech.endMs());
    if (hostSpeech.endedWithoutTurn(speech.itemId(), speech.endMs())) {
      if (agentSpeaks()) {
        return;
      }
      giveTurnToHost(nowMs);
    }
    figures.hostEnded(lineClock.ofModel(speech.endMs()));
    responses.hostEnded();
    patience.heardSomebody(nowMs);
  }

  private void onResponseStarted(ModelEvent.ResponseStarted response) {
    if (!responses.isNew(response.responseId())) {
      return;
    }
    agentTurn.began();
    patience.opening.clear();
    if (!responses.started(response.responseId())) {
      voice.mute(response.responseId());
    }
  }

  /** Only the end of the current response changes what is going on. */
  private void onResponseEnded(ModelEvent.ResponseEnded response) {
    if (!responses.endsNow(response.responseId())) {
      return;
    }
    figures.used(response.usage());
    if (responses.isCurrent(response.responseId())) {
      voice.finishItem(clock.millis());
      agentTurn.ended(response);
    } else {
      agentTurn.endedLate(response);
    }
  }

  private void onAgentAudio(ModelEvent.Audio audio) {
    agentTurn.answered();
    if (ending.isLingering() || !voice.say(audio, clock.millis())) {
      return;
    }
    agentTurn.spoke();
    figures.agentAudio(audio.mulaw().length, clock.millis(), lineClock.nowMs());
    if (playback.isPlaying()) {
      patience.answer.clear();
      patience.quiet.clear();
    }
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

  /** A goodbye that is already on the line needs no model any more. */
  private void onModelLost(ModelEvent.Lost lost) {
    if (!goodbye.isPlaying()) {
      ending.apologise(lost.reason(), lost.detail());
    }
  }

  /** The callee hung up. What was said last may still come: it is waited for, but not for long. */
  private void onStopped() {
    if (goodbye.isPlaying()) {
      ending.hangUp(goodbye.reason(), null);
      return;
    }
    if (transcript.hostLeft()) {
      callerAudio.end();
      model.commit();
    }
    ending.linger();
    voice.drop();
    responses.stop();
    patience.linger(clock.millis());
    settle();
  }

  /**
   * Does what has become due. Call it when {@link #nextDeadlineMs} has come; earlier is harmless.
   */
  void onTime() {
    long nowMs = clock.millis();
    if (ending.isLingering()) {
      if (patience.linger.takeIfDue(nowMs)) {
        ending.afterHangUp();
      }
    } else if (!ending.isOver()) {
      callerAudio.onTime(nowMs);
      if (hostSpeech.takesTurn(nowMs)) {
        giveTurnToHost(nowMs);
      }
      onDeadline(nowMs);
    }
  }

  private void onDeadline(long nowMs) {
    if (patience.streamEnd.takeIfDue(nowMs)) {
      onStopped();
    } else if (nowMs >= playback.overdueAtMs()) {
      ending.hangUp(EndedReason.CALLER_LEG_STALLED, "it does not play what it is sent");
    } else if (patience.longest.takeIfDue(nowMs)) {
      ending.hangUp(timeLimit.reason(), null);
    } else if (patience.goodbye.takeIfDue(nowMs)) {
      ending.hangUp(goodbye.reason(), "the goodbye's end was never acknowledged");
    } else if (patience.answer.takeIfDue(nowMs)) {
      agentTurn.overdue(voice);
      settle();
    } else if (patience.lastWords.takeIfDue(nowMs)) {
      timeLimit.lastWords(ready, nowMs);
    } else if (patience.wrapUp.takeIfDue(nowMs)) {
      timeLimit.wrapUp(ready, nowMs);
    } else if (patience.opening.takeIfDue(nowMs)) {
      responses.request(Cue.OPENING);
    } else if (patience.quiet.takeIfDue(nowMs)) {
      silence.lasted(nowMs);
    }
  }

  /** The carrier says that the call is over: nobody is on the line any more. */
  void callEnded() {
    patience.expectStreamEnd(clock.millis());
  }

  /**
   * The service shuts down: the conversation has to be over by then. The agent is told to finish
   * half a minute before, and to say goodbye if that did not help.
   */
  void endBy(long atMs) {
    timeLimit.shutDownBy(atMs, clock.millis());
  }

  /** When {@link #onTime} wants to be called, in milliseconds of the clock. */
  long nextDeadlineMs() {
    if (ending.isOver()) {
      return Deadline.NEVER;
    }
    return ending.isLingering()
        ? patience.linger.atMs()
        : Math.min(
            Math.min(patience.nextMs(), playback.overdueAtMs()),
            Math.min(callerAudio.deadlineMs(), hostSpeech.deadlineMs()));
  }

  /** Tells what has been said to its end, and leaves when there is nothing left to wait for. */
  private void settle() {
    if (ending.isOver()) {
      return;
    }
    transcript.agentHeard(!responses.isActive(), clock.millis());
    if (ending.isLingering()) {
      if (!transcript.awaitsHostWords() && !responses.isActive()) {
        ending.afterHangUp();
      }
    } else if (goodbye.isPlaying() && !playback.isPlaying() && !hostSpeech.isUndecided()) {
      ending.hangUp(goodbye.reason(), null);
    }
  }

  /** Ends the conversation for a reason that lies outside of it. */
  void end(EndedReason reason, @Nullable String detail) {
    ending.hangUp(reason, detail);
  }

  boolean isEnded() {
    return ending.isOver();
  }
}

package dev.concierge.sandbox.carrier;

import dev.concierge.sandbox.carrier.Twiml.StreamNoun;
import dev.concierge.sandbox.carrier.Twiml.Verb;
import dev.concierge.sandbox.voice.Speaker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the TwiML of an answered call, 20 ms at a time, until no verb is left or somebody
 * hangs up.
 *
 * <p>Not thread-safe: one call owns it.
 */
final class Program {

  private final Callee callee;
  private final Speech speech;
  private final Function<StreamNoun, RunningVerb> streams;
  private final Deque<Verb> verbs = new ArrayDeque<>();
  private @Nullable RunningVerb running;

  /**
   * @param streams opens a Media Stream
   */
  Program(Callee callee, Speech speech, Function<StreamNoun, RunningVerb> streams) {
    this.callee = callee;
    this.speech = speech;
    this.streams = streams;
  }

  /** Carries out that document from now on, instead of what was being carried out. */
  void run(Twiml twiml) {
    close();
    verbs.clear();
    twiml.verbs().forEach(this::add);
  }

  /**
   * Takes 20 ms; {@code false} if the call is over. A callee of the sandbox waits with the greeting
   * until there is somebody to hear it, so that it is heard at any speed.
   */
  boolean tick() {
    if (running == null && !startNext()) {
      return false;
    }
    if (running != null && running.isConnecting()) {
      return true;
    }
    byte[] fromCallee = callee.speak(this::press);
    byte[] toCallee = null;
    while (toCallee == null) {
      if (running == null && !startNext()) {
        return false;
      }
      toCallee = exchange(fromCallee);
    }
    callee.hear(toCallee);
    return !callee.hasHungUp();
  }

  /** What the callee has understood, line by line. */
  List<String> heard() {
    return callee.understood();
  }

  /** Ends what is being carried out, and so what the callee was being told. */
  void close() {
    if (running != null) {
      running.close();
      running = null;
    }
    callee.hearSilence();
  }

  private void add(Verb verb) {
    int times = verb instanceof Twiml.Say say ? say.loop() : 1;
    verbs.addAll(Collections.nCopies(times, verb));
  }

  private byte @Nullable [] exchange(byte[] fromCallee) {
    byte[] toCallee = running == null ? null : running.exchange(fromCallee);
    if (toCallee == null) {
      running = null;
    }
    return toCallee;
  }

  private void press(String digit) {
    if (running != null) {
      running.press(digit);
    }
  }

  private boolean startNext() {
    Verb verb = verbs.poll();
    if (verb == null || verb instanceof Twiml.Hangup) {
      return false;
    }
    running = start(verb);
    return true;
  }

  private RunningVerb start(Verb verb) {
    if (verb instanceof Twiml.Say say) {
      return new Recital(new Playback(speech.speak(Speaker.AGENT, say.text())));
    }
    if (verb instanceof Twiml.Pause pause) {
      return new Recital(new Playback(Duration.ofSeconds(pause.lengthSeconds())));
    }
    if (verb instanceof Twiml.Connect connect) {
      return streams.apply(connect.stream());
    }
    throw new IllegalStateException("a verb that cannot be started: " + verb);
  }
}

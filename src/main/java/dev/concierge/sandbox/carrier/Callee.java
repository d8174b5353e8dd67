package dev.concierge.sandbox.carrier;

import dev.concierge.audio.MuLaw;
import dev.concierge.sandbox.voice.Ear;
import dev.concierge.sandbox.voice.Heard;
import dev.concierge.sandbox.voice.Speaker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The far telephone: a host with an ear and a mouth.
 *
 * <p>Not thread-safe: one call owns it.
 */
final class Callee {

  private final Host host;
  private final Ear ear;
  private final Speech speech;
  private final Deque<HostAction> plan;
  private final List<String> understood = new ArrayList<>();
  private @Nullable Playback playing;
  private @Nullable Long callerSpeaksSinceMs;
  private boolean hungUp;

  /** Somebody who has just picked up. */
  Callee(Host host, Ear ear, Speech speech) {
    this.host = host;
    this.ear = ear;
    this.speech = speech;
    this.plan = new ArrayDeque<>(host.pickUp());
  }

  /**
   * The next 20 ms from the callee's side, silence included.
   *
   * @param keys takes the keys that are pressed meanwhile
   */
  byte[] speak(Consumer<String> keys) {
    byte[] frame = nextFrame();
    while (frame == null && !plan.isEmpty()) {
      begin(plan.remove(), keys);
      frame = nextFrame();
    }
    return frame == null ? Playback.silentFrame() : frame;
  }

  /** What the callee is told next, of any length. */
  void hear(byte[] mulaw) {
    ear.hear(mulaw, this::notice);
    if (callerSpeaksSinceMs != null) {
      plan.addAll(host.speakingFor(ear.heardMs() - callerSpeaksSinceMs));
    }
  }

  /** Whoever was speaking has gone: what they were saying ends where they had got to. */
  void hearSilence() {
    byte[] silence = new byte[(int) MuLaw.bytesOf(Ear.DEFAULT_SILENCE_MS)];
    Arrays.fill(silence, MuLaw.SILENCE);
    hear(silence);
  }

  /** What was understood, line by line. */
  List<String> understood() {
    return List.copyOf(understood);
  }

  boolean hasHungUp() {
    return hungUp;
  }

  private void notice(Heard heard) {
    if (heard instanceof Heard.Began began) {
      callerSpeaksSinceMs = began.atMs();
    } else if (heard instanceof Heard.Ended ended) {
      callerSpeaksSinceMs = null;
      understood.add(ended.text());
      plan.addAll(host.heard(ended.text(), playing != null || !plan.isEmpty()));
    }
  }

  private byte @Nullable [] nextFrame() {
    byte[] frame = playing == null ? null : playing.next();
    if (frame == null) {
      playing = null;
    }
    return frame;
  }

  private void begin(HostAction action, Consumer<String> keys) {
    if (action instanceof HostAction.Say say) {
      playing = new Playback(speech.speak(Speaker.HOST, say.line()));
    } else if (action instanceof HostAction.Wait wait) {
      playing = new Playback(wait.length());
    } else if (action instanceof HostAction.Beep beep) {
      playing = new Playback(Frames.beep(beep.length()));
    } else if (action instanceof HostAction.Press press) {
      keys.accept(press.digit());
    } else {
      hungUp = true;
    }
  }
}

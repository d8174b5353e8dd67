package dev.concierge.bridge;

import dev.concierge.audio.FrameBuffer;
import dev.concierge.audio.MuLaw;
import dev.concierge.bridge.Playback.Cut;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agent's audio on its way to the line: whole frames, a mark after each piece, nothing of a
 * response that was interrupted.
 */
final class AgentVoice {

  private final CallerLeg line;
  private final ModelLeg model;
  private final Playback playback;
  private final Transcript transcript;
  private final LineClock lineClock;
  private FrameBuffer frames = new FrameBuffer(MuLaw.FRAME_BYTES);
  private @Nullable String itemId;

  /** Nothing more is heard of these; a call has some dozens of responses, and few are cut. */
  private final Set<String> cutResponseIds = new HashSet<>();

  /** Nothing more is heard of these, and the model was told how much was. */
  private final Set<String> cutItemIds = new HashSet<>();

  AgentVoice(
      CallerLeg line,
      ModelLeg model,
      Playback playback,
      Transcript transcript,
      LineClock lineClock) {
    this.line = line;
    this.model = model;
    this.playback = playback;
    this.transcript = transcript;
    this.lineClock = lineClock;
  }

  /**
   * Plays more of an item.
   *
   * @return whether it is played; {@code false} for a late piece of an interrupted response
   */
  boolean say(ModelEvent.Audio audio, long nowMs) {
    if (isCut(audio)) {
      return false;
    }
    if (!audio.itemId().equals(itemId)) {
      finishItem(nowMs);
      itemId = audio.itemId();
    }
    play(audio.itemId(), frames.add(audio.mulaw()), nowMs);
    return true;
  }

  private boolean isCut(ModelEvent.Audio audio) {
    if (!cutResponseIds.contains(audio.responseId())) {
      return cutItemIds.contains(audio.itemId());
    }
    if (cutItemIds.add(audio.itemId())) {
      // Nothing of the item had come when its response was cut.
      model.truncate(audio.itemId(), 0);
    }
    return true;
  }

  /** Whether more audio is to come for an item. */
  boolean isSaying() {
    return itemId != null;
  }

  /** No more audio comes for an item. */
  void finishItem(String finished, long nowMs) {
    if (finished.equals(itemId)) {
      finishItem(nowMs);
    }
  }

  /** No more audio comes for the item that is being said: its last, incomplete frame is played. */
  void finishItem(long nowMs) {
    String finished = itemId;
    if (finished != null) {
      play(finished, frames.flush(), nowMs);
      transcript.agentAudioEnded(finished);
      itemId = null;
    }
  }

  private void play(String item, byte[] mulaw, long nowMs) {
    if (mulaw.length == 0) {
      return;
    }
    long startsMs = lineClock.nowMs() + playback.waitingMs();
    transcript.agentAudio(item, startsMs, MuLaw.msOf(mulaw.length));
    line.play(mulaw);
    line.mark(playback.sent(item, mulaw.length, nowMs));
  }

  /** Nothing is to be heard of a response that begins. */
  void mute(String responseId) {
    cutResponseIds.add(responseId);
  }

  /**
   * The callee speaks: stops the line at once if it is playing, and tells the model how much was
   * heard of each item that was cut short. No more is heard of the response that is active.
   *
   * @param responseId the response that is active; {@code null} if there is none
   * @return the items that were cut short, the one being heard first; empty if there was none
   */
  List<Cut> interrupt(@Nullable String responseId, long nowMs) {
    List<Cut> cuts = cutShort(nowMs);
    if (responseId != null) {
      mute(responseId);
    }
    for (Cut cut : cuts) {
      transcript.agentCut(cut.itemId(), cut.heardMs());
      model.truncate(cut.itemId(), cut.heardMs());
      playback.forget(cut.itemId());
      cutItemIds.add(cut.itemId());
    }
    drop();
    return cuts;
  }

  /** What is not on the line yet never will be. */
  void drop() {
    frames = new FrameBuffer(MuLaw.FRAME_BYTES);
    itemId = null;
  }

  private List<Cut> cutShort(long nowMs) {
    List<Cut> cuts = new ArrayList<>();
    if (playback.isPlaying()) {
      line.clear();
      cuts.addAll(playback.clear(nowMs));
    }
    String unfinished = itemId;
    if (unfinished != null && cuts.stream().noneMatch(cut -> cut.itemId().equals(unfinished))) {
      // Its model is slower than speech: all that came was heard, but it is not at its end.
      cuts.add(new Cut(unfinished, playback.heardMs(unfinished, nowMs)));
    }
    return cuts;
  }
}

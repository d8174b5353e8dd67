package dev.concierge.bridge;

import dev.concierge.audio.FrameBuffer;
import dev.concierge.audio.MuLaw;
import dev.concierge.bridge.Playback.Cut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent's audio on its way to the line: whole frames, a mark after each piece, nothing of a
 * response that was interrupted.
 */
final class AgentVoice {

  private final CallerLeg line;
  private final Playback playback;
  private final Transcript transcript;
  private final LineClock lineClock;
  private FrameBuffer frames = new FrameBuffer(MuLaw.FRAME_BYTES);
  private @Nullable String itemId;
  private @Nullable String cutResponseId;

  AgentVoice(CallerLeg line, Playback playback, Transcript transcript, LineClock lineClock) {
    this.line = line;
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
    if (audio.responseId().equals(cutResponseId)) {
      return false;
    }
    if (!audio.itemId().equals(itemId)) {
      finishItem(nowMs);
      itemId = audio.itemId();
    }
    play(audio.itemId(), frames.add(audio.mulaw()), nowMs);
    return true;
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

  /** Drops what is not yet said of a response that the model's service has cancelled. */
  void cut(@Nullable String responseId) {
    cutResponseId = responseId == null ? cutResponseId : responseId;
    frames = new FrameBuffer(MuLaw.FRAME_BYTES);
    itemId = null;
  }

  /**
   * Stops the line at once if it is playing.
   *
   * @return the items that were cut short, the one being heard first; empty if nothing was playing
   */
  List<Cut> stop(long nowMs) {
    if (!playback.isPlaying()) {
      return List.of();
    }
    line.clear();
    List<Cut> cuts = playback.clear(nowMs);
    cuts.forEach(cut -> transcript.agentCut(cut.itemId(), cut.heardMs()));
    return cuts;
  }
}

package dev.concierge.bridge;

import dev.concierge.agent.Cue;
import dev.concierge.call.EndedReason;

/** A line on which nobody speaks: the agent asks into it, and takes leave if nobody answers. */
final class Silence {

  /** How often the agent asks before it gives up. */
  private static final int PROMPTS = 2;

  private final Responses responses;
  private final Goodbye goodbye;
  private final Playback playback;
  private final Patience patience;
  private int prompts;

  Silence(Responses responses, Goodbye goodbye, Playback playback, Patience patience) {
    this.responses = responses;
    this.goodbye = goodbye;
    this.playback = playback;
    this.patience = patience;
  }

  /** The callee speaks. */
  void broken(long nowMs) {
    patience.hostSpeaks(nowMs);
    prompts = 0;
  }

  /** It has lasted for too long. */
  void lasted(long nowMs) {
    if (goodbye.isPlaying() || playback.isPlaying()) {
      return;
    }
    patience.breakSilence(nowMs);
    responses.hostIsQuiet();
    if (goodbye.isAsked()) {
      // It does not come: what was said before has to do.
      goodbye.play();
    } else if (++prompts <= PROMPTS) {
      responses.request(Cue.STILL_THERE);
    } else {
      goodbye.ask(Cue.GIVE_UP, EndedReason.SILENCE);
    }
  }
}

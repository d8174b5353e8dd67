package dev.concierge.bridge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Measures one conversation from outside: it sees what goes in, and stands between the bridge and
 * its line to see what comes out.
 *
 * <p>{@code stamped} is called by whoever brings an input: the line's by one thread at a time, the
 * model's by one thread at a time. All else happens where the conversation is handled.
 */
final class ConversationProbe implements CallerLeg {

  /** About one a second; a prime, so that it keeps no step with the chunks they are put to. */
  private static final int FRAMES_PER_SAMPLE = 53;

  private static final int DELTAS_PER_SAMPLE = 11;

  private final CallerLeg line;
  private final ConversationMeter meter;
  private final Clock clock;
  private final Instant startedAt;

  private int frames;
  private int deltas;

  private boolean spoken;
  private boolean cleared;
  private boolean answering;
  private @Nullable Instant hostStoppedAt;

  /** An input whose way through the conversation is timed. */
  record Timed(Object input, Instant receivedAt) {}

  ConversationProbe(CallerLeg line, ConversationMeter meter, Clock clock) {
    this.line = line;
    this.meter = meter;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** The event, or the event with the time if its way is to be timed. */
  Object stamped(CallerEvent event) {
    return event instanceof CallerEvent.Media && frames++ % FRAMES_PER_SAMPLE == 0
        ? new Timed(event, clock.instant())
        : event;
  }

  /** The event, or the event with the time if its way is to be timed. */
  Object stamped(ModelEvent event) {
    boolean timed =
        event instanceof ModelEvent.Audio
            ? deltas++ % DELTAS_PER_SAMPLE == 0
            : event instanceof ModelEvent.SpeechStarted;
    return timed ? new Timed(event, clock.instant()) : event;
  }

  /** The bridge is about to be given that. */
  void before(Object input) {
    if (input instanceof CallerEvent.Media media) {
      meter.heard(media.audio().length);
    } else if (input instanceof ModelEvent.Audio) {
      onDelta();
    } else if (input instanceof ModelEvent.SpeechStarted) {
      cleared = false;
      hostStoppedAt = null;
    } else if (input instanceof ModelEvent.SpeechStopped) {
      hostStoppedAt = clock.instant();
      answering = false;
    } else if (input instanceof ModelEvent.RateLimits told) {
      told.limits().forEach(meter::rateLimit);
    }
  }

  /** The bridge has done what there was to do about that. */
  void after(Timed timed) {
    Duration took = since(timed.receivedAt());
    if (timed.input() instanceof CallerEvent.Media) {
      meter.passedToModel(took);
    } else if (timed.input() instanceof ModelEvent.Audio) {
      meter.passedToLine(took);
    } else if (cleared) {
      meter.bargedIn(took);
    }
  }

  private void onDelta() {
    if (hostStoppedAt != null && !answering) {
      answering = true;
      meter.firstDelta(since(hostStoppedAt));
    }
  }

  private Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }

  @Override
  public void play(byte[] mulaw) {
    line.play(mulaw);
    meter.played(mulaw.length);
    if (!spoken) {
      spoken = true;
      meter.firstAudio(since(startedAt));
    }
    if (hostStoppedAt != null) {
      meter.firstMedia(since(hostStoppedAt));
      hostStoppedAt = null;
    }
  }

  @Override
  public void mark(String name) {
    line.mark(name);
  }

  @Override
  public void clear() {
    line.clear();
    cleared = true;
  }

  @Override
  public void sayAndHangUp(String words) {
    line.sayAndHangUp(words);
  }

  @Override
  public void close() {
    line.close();
  }

  @Override
  public long waitingBytes() {
    return line.waitingBytes();
  }
}

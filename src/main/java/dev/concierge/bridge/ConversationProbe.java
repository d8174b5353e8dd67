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
  private @Nullable Instant hostStartedAt;
  private @Nullable Instant hostStoppedAt;
  private @Nullable Instant deltaAt;

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

  /** An input is about to be handled whose way is timed. */
  void received(Timed timed) {
    if (timed.input() instanceof ModelEvent.SpeechStarted) {
      hostStartedAt = timed.receivedAt();
    }
  }

  /** The bridge is about to be given that. */
  void before(Object input) {
    if (input instanceof CallerEvent.Media media) {
      meter.heard(media.audio().length);
    } else if (input instanceof ModelEvent.Audio) {
      deltaAt = hostStoppedAt == null ? null : clock.instant();
    } else if (input instanceof ModelEvent.SpeechStarted) {
      hostStoppedAt = null;
    } else if (input instanceof ModelEvent.SpeechStopped) {
      hostStartedAt = null;
      hostStoppedAt = clock.instant();
      deltaAt = null;
    } else if (input instanceof ModelEvent.Lost) {
      hostStartedAt = null;
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
    if (hostStoppedAt != null && deltaAt != null) {
      meter.firstDelta(Duration.between(hostStoppedAt, deltaAt));
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
    if (hostStartedAt != null) {
      meter.bargedIn(since(hostStartedAt));
      hostStartedAt = null;
    }
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

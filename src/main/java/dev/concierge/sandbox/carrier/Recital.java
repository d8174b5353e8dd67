package dev.concierge.sandbox.carrier;

import org.jspecify.annotations.Nullable;

/** A {@code Say} or a {@code Pause}: the callee hears something, and nobody hears the callee. */
final class Recital implements RunningVerb {

  private final Playback playback;

  Recital(Playback playback) {
    this.playback = playback;
  }

  @Override
  public byte @Nullable [] exchange(byte[] fromCallee) {
    return playback.next();
  }

  @Override
  public void press(String digit) {
    // Nobody listens.
  }

  @Override
  public void close() {
    // Holds nothing open.
  }
}

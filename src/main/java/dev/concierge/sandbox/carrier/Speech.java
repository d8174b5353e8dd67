package dev.concierge.sandbox.carrier;

import dev.concierge.sandbox.voice.Speaker;
import dev.concierge.sandbox.voice.Voices;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Makes speech away from the thread that keeps the calls' time. Thread-safe. */
final class Speech {

  private final Voices voices;
  private final Executor executor;

  Speech(Voices voices, Executor executor) {
    this.voices = voices;
    this.executor = executor;
  }

  CompletableFuture<byte[]> speak(Speaker speaker, String line) {
    return CompletableFuture.supplyAsync(() -> voices.speak(speaker, line), executor);
  }
}

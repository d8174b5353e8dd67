package dev.concierge.bridge;

import dev.concierge.call.ConversationSummary;
import dev.concierge.call.Usage;
import org.jspecify.annotations.Nullable;

/** Counts what happens in a conversation. */
final class Figures {

  private final long startedMs;
  private @Nullable Long answerToFirstAudioMs;
  private int bargeIns;
  private long hostAudioBytes;
  private long agentAudioBytes;
  private long ignoredMessages;
  private Usage usage = Usage.NONE;

  Figures(long startedMs) {
    this.startedMs = startedMs;
  }

  void hostAudio(int bytes) {
    hostAudioBytes += bytes;
  }

  void agentAudio(int bytes, long nowMs) {
    if (answerToFirstAudioMs == null) {
      answerToFirstAudioMs = nowMs - startedMs;
    }
    agentAudioBytes += bytes;
  }

  void bargeIn() {
    bargeIns++;
  }

  void ignored() {
    ignoredMessages++;
  }

  void used(Usage more) {
    usage = usage.plus(more);
  }

  ConversationSummary summary(long nowMs) {
    return new ConversationSummary(
        nowMs - startedMs,
        answerToFirstAudioMs,
        bargeIns,
        hostAudioBytes,
        agentAudioBytes,
        ignoredMessages,
        usage);
  }
}

package dev.concierge.bridge;

import dev.concierge.call.ConversationSummary;
import dev.concierge.call.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what happens in a conversation. */
final class Figures {

  private final long startedMs;
  private @Nullable Long answerToFirstAudioMs;
  private final List<Long> responseMs = new ArrayList<>();
  private @Nullable Long hostEndedMs;
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

  /** The host stopped speaking; {@code null} while he speaks. */
  void hostEnded(@Nullable Long lineMs) {
    hostEndedMs = lineMs;
  }

  void agentAudio(int bytes, long nowMs, long lineMs) {
    if (hostEndedMs != null) {
      responseMs.add(Math.max(0, lineMs - hostEndedMs));
      hostEndedMs = null;
    }
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
        responseMs,
        bargeIns,
        hostAudioBytes,
        agentAudioBytes,
        ignoredMessages,
        usage);
  }
}

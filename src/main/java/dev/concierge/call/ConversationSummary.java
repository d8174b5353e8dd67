package dev.concierge.call;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in figures, taken when it ended.
 *
 * @param durationMs from the stream's start to its end
 * @param answerToFirstAudioMs from the stream's start to the agent's first audio; {@code null} if
 *     it never spoke
 * @param responseMs how long the host waited for each of the agent's answers: from the end of the
 *     host's speech to the agent's first audio, both on the line
 * @param bargeIns how often the host spoke over the agent
 * @param hostAudioBytes μ-law bytes taken from the line
 * @param agentAudioBytes μ-law bytes given to the line
 * @param ignoredMessages messages of either side that were not understood, and skipped
 * @param usage what the model's vendor will charge for
 */
public record ConversationSummary(
    long durationMs,
    @Nullable Long answerToFirstAudioMs,
    List<Long> responseMs,
    int bargeIns,
    long hostAudioBytes,
    long agentAudioBytes,
    long ignoredMessages,
    Usage usage) {

  public ConversationSummary {
    // Facts that were told before these times were taken have none.
    responseMs = responseMs == null ? List.of() : List.copyOf(responseMs);
    Objects.requireNonNull(usage, "usage is null");
  }
}

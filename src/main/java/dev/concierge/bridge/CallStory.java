package dev.concierge.bridge;

import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.CallId;
import dev.concierge.call.ConversationSummary;
import dev.concierge.call.Outcome;
import dev.concierge.call.Usage;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Tells the log in one line what became of a conversation, without a word of what was said in it.
 */
final class CallStory implements Consumer<CallFact> {

  private static final Logger LOG = LoggerFactory.getLogger(CallStory.class);

  private final CallId callId;
  private final String streamId;
  private Outcome.Result outcome = Outcome.Result.UNKNOWN;
  private int turns;

  CallStory(CallId callId, String streamId) {
    this.callId = callId;
    this.streamId = streamId;
  }

  @Override
  public void accept(CallFact fact) {
    if (fact instanceof TurnSpoken) {
      turns++;
    } else if (fact instanceof OutcomeRecorded recorded) {
      outcome = recorded.outcome().result();
    } else if (fact instanceof ConversationEnded ended) {
      tell(ended);
    }
  }

  private void tell(ConversationEnded ended) {
    ConversationSummary summary = ended.summary();
    Usage usage = summary.usage();
    try (var id = MDC.putCloseable(CallId.LOG_KEY, callId.value())) {
      LOG.info(
          "conversation ended: stream={} reason={} outcome={} duration_ms={} first_audio_ms={}"
              + " turns={} barge_ins={} input_tokens={} cached_tokens={} output_tokens={}",
          streamId,
          word(ended.reason()),
          word(outcome),
          summary.durationMs(),
          summary.answerToFirstAudioMs(),
          turns,
          summary.bargeIns(),
          usage.inputTextTokens() + usage.inputAudioTokens(),
          usage.cachedTextTokens() + usage.cachedAudioTokens(),
          usage.outputTextTokens() + usage.outputAudioTokens());
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

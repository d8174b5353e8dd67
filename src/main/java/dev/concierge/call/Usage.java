package dev.concierge.call;

/**
 * What the model's vendor will charge for, in tokens, summed over every response of a call.
 *
 * <p>Cached tokens are a subset of the input tokens of their kind.
 */
public record Usage(
    long inputTextTokens,
    long inputAudioTokens,
    long cachedTextTokens,
    long cachedAudioTokens,
    long outputTextTokens,
    long outputAudioTokens) {

  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);

  public Usage plus(Usage more) {
    return new Usage(
        inputTextTokens + more.inputTextTokens,
        inputAudioTokens + more.inputAudioTokens,
        cachedTextTokens + more.cachedTextTokens,
        cachedAudioTokens + more.cachedAudioTokens,
        outputTextTokens + more.outputTextTokens,
        outputAudioTokens + more.outputAudioTokens);
  }
}

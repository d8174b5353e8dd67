package dev.concierge.call;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the model's vendor asks for a million tokens of each kind.
 *
 * @param currency such as {@code USD}
 * @param cachedText for input text that the vendor had read before
 * @param cachedAudio for input audio that the vendor had heard before
 */
public record Prices(
    String currency,
    BigDecimal inputText,
    BigDecimal inputAudio,
    BigDecimal cachedText,
    BigDecimal cachedAudio,
    BigDecimal outputText,
    BigDecimal outputAudio) {

  private static final int MILLION_DIGITS = 6;

  public Prices {
    Objects.requireNonNull(currency, "prices.currency is missing");
    Stream.of(inputText, inputAudio, cachedText, cachedAudio, outputText, outputAudio)
        .forEach(Prices::requirePrice);
  }

  private static void requirePrice(BigDecimal price) {
    if (price == null || price.signum() < 0) {
      throw new IllegalArgumentException("each of the six prices must be given, and be 0 or more");
    }
  }

  /** What that usage costs, exactly. A cached token is paid at its own price only. */
  public BigDecimal costOf(Usage usage) {
    return Stream.of(
            cost(usage.inputTextTokens() - usage.cachedTextTokens(), inputText),
            cost(usage.inputAudioTokens() - usage.cachedAudioTokens(), inputAudio),
            cost(usage.cachedTextTokens(), cachedText),
            cost(usage.cachedAudioTokens(), cachedAudio),
            cost(usage.outputTextTokens(), outputText),
            cost(usage.outputAudioTokens(), outputAudio))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal cost(long tokens, BigDecimal price) {
    return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION_DIGITS);
  }
}

package dev.concierge.ledger;

import static java.util.stream.Collectors.joining;

import dev.concierge.call.Call;
import dev.concierge.call.ConversationSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code calls} that reports count; {@code null} where no conversation has ended.
 * Public because JDBI binds only what is.
 *
 * @param responseMs times in milliseconds with a space between
 */
public record CallFigures(
    boolean answered,
    @Nullable Long talkMs,
    @Nullable Long firstAudioMs,
    @Nullable String responseMs,
    @Nullable Integer bargeIns,
    @Nullable Long inputTextTokens,
    @Nullable Long inputAudioTokens,
    @Nullable Long cachedTextTokens,
    @Nullable Long cachedAudioTokens,
    @Nullable Long outputTextTokens,
    @Nullable Long outputAudioTokens) {

  private static final Pattern UNDERSCORED = Pattern.compile("_([a-z])");

  private static final List<String> NAMES =
      List.of(
          "answered",
          "talk_ms",
          "first_audio_ms",
          "response_ms",
          "barge_ins",
          "input_text_tokens",
          "input_audio_tokens",
          "cached_text_tokens",
          "cached_audio_tokens",
          "output_text_tokens",
          "output_audio_tokens");

  static final String COLUMNS = String.join(", ", NAMES);
  static final String VALUES =
      NAMES.stream().map(name -> ":" + camelCase(name)).collect(joining(", "));
  static final String ASSIGNMENTS =
      NAMES.stream().map(name -> name + " = :" + camelCase(name)).collect(joining(", "));

  /** More answers than that are in hardly any call; the column is bounded. */
  private static final int MOST_RESPONSES = 100;

  /** Longer than any patience. Six digits. */
  private static final long LONGEST_RESPONSE_MS = 999_999;

  static CallFigures of(Call call) {
    ConversationSummary summary = call.summary();
    return new CallFigures(
        call.wasAnswered(),
        summary == null ? null : summary.durationMs(),
        summary == null ? null : summary.answerToFirstAudioMs(),
        summary == null ? null : responses(summary),
        summary == null ? null : summary.bargeIns(),
        tokens(summary, each -> each.usage().inputTextTokens()),
        tokens(summary, each -> each.usage().inputAudioTokens()),
        tokens(summary, each -> each.usage().cachedTextTokens()),
        tokens(summary, each -> each.usage().cachedAudioTokens()),
        tokens(summary, each -> each.usage().outputTextTokens()),
        tokens(summary, each -> each.usage().outputAudioTokens()));
  }

  /** The figures in a row of all the columns of {@code calls}. */
  static CallFigures read(ResultSet row) throws SQLException {
    return new CallFigures(
        row.getBoolean("answered"),
        row.getObject("talk_ms", Long.class),
        row.getObject("first_audio_ms", Long.class),
        row.getString("response_ms"),
        row.getObject("barge_ins", Integer.class),
        row.getObject("input_text_tokens", Long.class),
        row.getObject("input_audio_tokens", Long.class),
        row.getObject("cached_text_tokens", Long.class),
        row.getObject("cached_audio_tokens", Long.class),
        row.getObject("output_text_tokens", Long.class),
        row.getObject("output_audio_tokens", Long.class));
  }

  private static @Nullable Long tokens(
      @Nullable ConversationSummary summary, ToLongFunction<ConversationSummary> count) {
    return summary == null ? null : count.applyAsLong(summary);
  }

  private static String responses(ConversationSummary summary) {
    return summary.responseMs().stream()
        .limit(MOST_RESPONSES)
        .map(ms -> String.valueOf(Math.min(ms, LONGEST_RESPONSE_MS)))
        .collect(joining(" "));
  }

  private static String camelCase(String column) {
    return UNDERSCORED.matcher(column).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }
}

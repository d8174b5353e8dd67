package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.concierge.call.Prices;
import dev.concierge.ledger.CallReports.Group;
import dev.concierge.ledger.CallReports.Summary;
import dev.concierge.ledger.CallTotals;
import dev.concierge.ledger.Grouping;
import dev.concierge.ledger.Percentiles;
import dev.concierge.resources.CallView.Tokens;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as the API shows it.
 *
 * @param from the earliest moment of asking, inclusive; {@code null} for the first call's
 * @param to the latest moment of asking, exclusive; {@code null} for the last call's
 */
@JsonNaming(SnakeCaseStrategy.class)
record SummaryView(
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant from,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant to,
    String tz,
    @Schema(implementation = Grouping.class) @Nullable String groupBy,
    Totals total,
    List<GroupView> groups) {

  /** The calls of one hour, one restaurant and so on; {@code null} for those without a value. */
  record GroupView(@Nullable String group, Totals totals) {}

  /**
   * Calls in figures; times in milliseconds. What cannot be divided is {@code null}.
   *
   * @param answerRate the share of calls that were answered
   * @param successRate the share of calls that ended with a confirmed table
   * @param cost {@code null} where no prices are configured
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Totals(
      long calls,
      long answered,
      @Nullable BigDecimal answerRate,
      long confirmed,
      @Nullable BigDecimal successRate,
      long talkMs,
      Percentiles answerToFirstAudioMs,
      Percentiles responseMs,
      long bargeIns,
      Tokens tokens,
      @Nullable Cost cost) {}

  /** What the model's vendor asks for; {@code total} is exact, the others are rounded. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Cost(
      String currency,
      BigDecimal total,
      @Nullable BigDecimal perCall,
      @Nullable BigDecimal perConfirmed) {}

  /** Enough for a share of a million calls, and for a price of one token. */
  private static final int DIGITS = 6;

  static SummaryView of(ReportQuery query, Summary summary, @Nullable Prices prices) {
    return new SummaryView(
        query.filter().createdFrom(),
        query.filter().createdTo(),
        query.zone().getId(),
        Words.ofNullable(query.grouping()),
        totals(summary.total(), prices),
        summary.groups().stream().map(group -> group(group, prices)).toList());
  }

  private static GroupView group(Group group, @Nullable Prices prices) {
    return new GroupView(group.name(), totals(group.totals(), prices));
  }

  private static Totals totals(CallTotals totals, @Nullable Prices prices) {
    return new Totals(
        totals.calls(),
        totals.answered(),
        ratio(BigDecimal.valueOf(totals.answered()), totals.calls()),
        totals.confirmed(),
        ratio(BigDecimal.valueOf(totals.confirmed()), totals.calls()),
        totals.talkMs(),
        totals.firstAudio(),
        totals.response(),
        totals.bargeIns(),
        CallView.tokens(totals.usage()),
        prices == null ? null : cost(totals, prices));
  }

  private static Cost cost(CallTotals totals, Prices prices) {
    BigDecimal total = prices.costOf(totals.usage());
    return new Cost(
        prices.currency(),
        plain(total),
        ratio(total, totals.calls()),
        ratio(total, totals.confirmed()));
  }

  private static @Nullable BigDecimal ratio(BigDecimal part, long whole) {
    return whole == 0
        ? null
        : plain(part.divide(BigDecimal.valueOf(whole), DIGITS, RoundingMode.HALF_UP));
  }

  /** Without zeros that say nothing, and without an exponent. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}

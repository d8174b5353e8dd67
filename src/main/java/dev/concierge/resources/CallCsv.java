package dev.concierge.resources;

import static java.util.stream.Collectors.joining;

import dev.concierge.resources.CallView.Conversation;
import dev.concierge.resources.CallView.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call as a line of CSV. */
final class CallCsv {

  private interface Cell {
    @Nullable Object of(CallView call);
  }

  private record Column(String name, Cell cell) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", CallView::id),
          new Column("created_at", CallView::createdAt),
          new Column("status", CallView::status),
          new Column("to", CallView::to),
          new Column("restaurant_name", CallView::restaurantName),
          new Column("party_size", CallView::partySize),
          new Column("date", CallView::date),
          new Column("time", CallView::time),
          new Column("time_zone", CallView::timeZone),
          new Column("guest_name", CallView::guestName),
          new Column("answered_at", CallView::answeredAt),
          new Column("answered_by", CallView::answeredBy),
          new Column("ended_at", CallView::endedAt),
          new Column("ended_reason", CallView::endedReason),
          new Column("ended_by", CallView::endedBy),
          new Column("ended_detail", CallView::endedDetail),
          outcome("outcome", OutcomeView::result),
          outcome("outcome_date", OutcomeView::date),
          outcome("outcome_time", OutcomeView::time),
          outcome("outcome_party_size", OutcomeView::partySize),
          outcome("outcome_guest_name", OutcomeView::guestName),
          outcome("confirmation_number", OutcomeView::confirmationNumber),
          outcome("outcome_note", OutcomeView::note),
          conversation("duration_ms", Conversation::durationMs),
          conversation("answer_to_first_audio_ms", Conversation::answerToFirstAudioMs),
          conversation("barge_ins", Conversation::bargeIns),
          tokens("input_text_tokens", Tokens::inputTextTokens),
          tokens("input_audio_tokens", Tokens::inputAudioTokens),
          tokens("cached_text_tokens", Tokens::cachedTextTokens),
          tokens("cached_audio_tokens", Tokens::cachedAudioTokens),
          tokens("output_text_tokens", Tokens::outputTextTokens),
          tokens("output_audio_tokens", Tokens::outputAudioTokens),
          new Column("carrier_call_id", CallView::carrierCallId),
          new Column("metadata", CallCsv::metadata));

  private CallCsv() {}

  private static Column outcome(String name, Function<OutcomeView, @Nullable Object> of) {
    return new Column(name, call -> call.outcome() == null ? null : of.apply(call.outcome()));
  }

  private static Column conversation(String name, Function<Conversation, @Nullable Object> of) {
    return new Column(
        name, call -> call.conversation() == null ? null : of.apply(call.conversation()));
  }

  private static Column tokens(String name, Function<Tokens, @Nullable Object> of) {
    return new Column(name, call -> call.usage() == null ? null : of.apply(call.usage()));
  }

  /** Labels as they are asked for: {@code name=value}, with a space between. */
  private static @Nullable Object metadata(CallView call) {
    return call.metadata().isEmpty()
        ? null
        : call.metadata().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(joining(" "));
  }

  /** The names of the columns. */
  static String header() {
    return Csv.line(COLUMNS.stream().map(Column::name).toList());
  }

  static String line(CallView call) {
    return Csv.line(Arrays.asList(COLUMNS.stream().map(each -> each.cell.of(call)).toArray()));
  }
}

package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.concierge.call.Call;
import dev.concierge.call.CallStatus;
import dev.concierge.call.ConversationSummary;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Reservation;
import dev.concierge.call.ReservationRequest;
import dev.concierge.call.Usage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call as the API shows it. Times are in UTC; what is not known yet is {@code null}.
 *
 * @param date the day at the restaurant, as ISO; {@code dateSaid} is how the client said it
 * @param time the time of day at the restaurant, as ISO; {@code timeSaid} is how the client said it
 * @param timeZone where {@code date} and {@code time} are meant
 * @param answeredBy the carrier's judgement of who picked up
 * @param endedBy whose doing the end was
 * @param endedDetail the evidence for the reason in one line: a vendor's code and words
 * @param ended the same, with what it is worth to know besides
 * @param carrierCallId the carrier's name for the call
 */
@JsonNaming(SnakeCaseStrategy.class)
record CallView(
    String id,
    @Schema(implementation = CallStatus.class) String status,
    String to,
    String restaurantName,
    int partySize,
    String date,
    String dateSaid,
    String time,
    String timeSaid,
    String timeZone,
    int timeWindowMinutes,
    @Nullable String guestName,
    @Nullable String callbackNumber,
    @Nullable String specialRequests,
    String language,
    Map<String, String> metadata,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant createdAt,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant answeredAt,
    @Nullable String answeredBy,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant endedAt,
    @Schema(implementation = EndedReason.class) @Nullable String endedReason,
    @Schema(implementation = EndedReason.Party.class) @Nullable String endedBy,
    @Nullable String endedDetail,
    @Nullable EndedView ended,
    boolean hangupRequested,
    boolean personalDataErased,
    @Nullable OutcomeView outcome,
    @Nullable String carrierCallId,
    @Nullable Conversation conversation,
    @Nullable Tokens usage) {

  /** The conversation in figures, once it ended; times in milliseconds. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Conversation(
      long durationMs,
      @Nullable Long answerToFirstAudioMs,
      int bargeIns,
      long hostAudioBytes,
      long agentAudioBytes,
      long ignoredMessages) {}

  /** What the model's vendor will charge for. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Tokens(
      long inputTextTokens,
      long inputAudioTokens,
      long cachedTextTokens,
      long cachedAudioTokens,
      long outputTextTokens,
      long outputAudioTokens) {}

  static CallView of(Call call) {
    ReservationRequest request = call.request();
    Reservation table = request.reservation();
    EndedReason reason = call.endedReason();
    return new CallView(
        call.id().value(),
        Words.of(call.status()),
        request.to().e164(),
        table.restaurantName(),
        table.partySize(),
        table.date().toString(),
        request.dateSaid(),
        table.time().toString(),
        request.timeSaid(),
        table.timeZone().getId(),
        table.timeWindowMinutes(),
        table.guestName(),
        table.callbackNumber() == null ? null : table.callbackNumber().e164(),
        table.specialRequests(),
        table.language(),
        request.metadata(),
        call.createdAt(),
        call.answeredAt(),
        call.answeredBy(),
        call.endedAt(),
        Words.ofNullable(reason),
        reason == null ? null : Words.of(reason.party()),
        call.evidence() == null ? null : call.evidence().line(),
        reason == null ? null : EndedView.of(reason, call.evidence()),
        call.hangupRequested(),
        call.personalDataErased(),
        call.outcome() == null ? null : OutcomeView.of(call.outcome()),
        call.carrierCallId(),
        call.summary() == null ? null : conversation(call.summary()),
        call.summary() == null ? null : tokens(call.summary().usage()));
  }

  private static Conversation conversation(ConversationSummary summary) {
    return new Conversation(
        summary.durationMs(),
        summary.answerToFirstAudioMs(),
        summary.bargeIns(),
        summary.hostAudioBytes(),
        summary.agentAudioBytes(),
        summary.ignoredMessages());
  }

  static Tokens tokens(Usage usage) {
    return new Tokens(
        usage.inputTextTokens(),
        usage.inputAudioTokens(),
        usage.cachedTextTokens(),
        usage.cachedAudioTokens(),
        usage.outputTextTokens(),
        usage.outputAudioTokens());
  }
}

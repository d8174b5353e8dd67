package dev.concierge.realtime;

import dev.concierge.bridge.ModelEvent;
import dev.concierge.call.EndedReason;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the service sends, as far as a session tells it apart. */
sealed interface ServerEvent {

  /** The session exists, with the service's defaults. */
  record SessionCreated() implements ServerEvent {}

  /**
   * The session is set up; {@code null} where the service did not say a format.
   *
   * @param inputFormat the wire's name for what the service takes
   * @param outputFormat the wire's name for what it will send
   */
  record SessionUpdated(@Nullable String inputFormat, @Nullable String outputFormat)
      implements ServerEvent {

    boolean isMulawBothWays() {
      return ClientEvents.MULAW.equals(inputFormat) && ClientEvents.MULAW.equals(outputFormat);
    }
  }

  /**
   * The service's {@code error}, in its own words.
   *
   * @param code its code; its type where it has none
   * @param eventId the client event it answers, if any
   */
  record Fault(String code, String message, @Nullable String eventId) implements ServerEvent {

    private static final String SESSION_EXPIRED = "session_expired";

    /** Codes that speak of the account or the service and not of what was asked for. */
    private static final Map<String, EndedReason> REASONS =
        Map.of(
            "invalid_api_key",
            EndedReason.MODEL_REFUSED,
            "authentication_error",
            EndedReason.MODEL_REFUSED,
            "permission_error",
            EndedReason.MODEL_REFUSED,
            "account_deactivated",
            EndedReason.MODEL_REFUSED,
            "model_not_found",
            EndedReason.MODEL_REFUSED,
            "server_error",
            EndedReason.MODEL_UNREACHABLE,
            SESSION_EXPIRED,
            EndedReason.MODEL_UNREACHABLE);

    public Fault {
      Objects.requireNonNull(code, "code is null");
      Objects.requireNonNull(message, "message is null");
    }

    /** Why a session does not come about when this comes before it is ready. */
    EndedReason reasonAtSetUp() {
      return asFaulted().isRateLimit()
          ? EndedReason.MODEL_RATE_LIMITED
          : REASONS.getOrDefault(code, EndedReason.MODEL_MISCONFIGURED);
    }

    /** Whether the session reached the longest time the service allows one. */
    boolean isSessionExpired() {
      return code.equals(SESSION_EXPIRED);
    }

    /** What a conversation is told of it: the service's words, and what they answer. */
    ModelEvent.Faulted asFaulted() {
      return new ModelEvent.Faulted(
          code, eventId == null ? message : message + " (in answer to " + eventId + ")");
    }
  }

  /** Known, and nothing here depends on it. */
  record NotNeeded() implements ServerEvent {}

  /** Anything else: it is for the conversation. */
  record ForConversation(ModelEvent event) implements ServerEvent {
    public ForConversation {
      Objects.requireNonNull(event, "event is null");
    }
  }
}

package dev.concierge.bridge;

import dev.concierge.call.EndedReason;
import dev.concierge.call.Usage;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What comes from the voice model, as far as a conversation depends on it. */
public sealed interface ModelEvent {

  /** The session is set up as asked, with μ-law on both sides: it may be spoken to. */
  record Ready() implements ModelEvent {}

  /**
   * The callee began to speak.
   *
   * @param itemId the item that the speech will become
   * @param startMs where it began, in milliseconds of the audio appended so far
   */
  record SpeechStarted(String itemId, long startMs) implements ModelEvent {
    public SpeechStarted {
      Objects.requireNonNull(itemId, "itemId is null");
    }
  }

  /** The callee stopped speaking; the model will answer of its own accord. */
  record SpeechStopped(String itemId, long endMs) implements ModelEvent {
    public SpeechStopped {
      Objects.requireNonNull(itemId, "itemId is null");
    }
  }

  /** What the callee said in an item. May come long after the model has answered it. */
  record HostTranscribed(String itemId, String text) implements ModelEvent {
    public HostTranscribed {
      Objects.requireNonNull(itemId, "itemId is null");
      Objects.requireNonNull(text, "text is null");
    }
  }

  /** What the callee said in an item could not be written down. */
  record TranscriptionFailed(String itemId, String message) implements ModelEvent {
    public TranscriptionFailed {
      Objects.requireNonNull(itemId, "itemId is null");
      Objects.requireNonNull(message, "message is null");
    }
  }

  /** The model began a response. */
  record ResponseStarted(String responseId) implements ModelEvent {
    public ResponseStarted {
      Objects.requireNonNull(responseId, "responseId is null");
    }
  }

  /** More of what the model says, faster than it is to be played. */
  record Audio(String responseId, String itemId, byte[] mulaw) implements ModelEvent {
    public Audio {
      Objects.requireNonNull(responseId, "responseId is null");
      Objects.requireNonNull(itemId, "itemId is null");
      Objects.requireNonNull(mulaw, "mulaw is null");
    }
  }

  /** No more audio comes for an item. */
  record AudioEnded(String itemId) implements ModelEvent {
    public AudioEnded {
      Objects.requireNonNull(itemId, "itemId is null");
    }
  }

  /** The words of an item's audio, complete. */
  record AgentTranscribed(String itemId, String text) implements ModelEvent {
    public AgentTranscribed {
      Objects.requireNonNull(itemId, "itemId is null");
      Objects.requireNonNull(text, "text is null");
    }
  }

  /** More words of an item's audio. They run ahead of the audio. */
  record AgentTranscript(String itemId, String text) implements ModelEvent {
    public AgentTranscript {
      Objects.requireNonNull(itemId, "itemId is null");
      Objects.requireNonNull(text, "text is null");
    }
  }

  /** The model calls a tool, with all its arguments. */
  record ToolCalled(String toolCallId, String name, String argumentsJson) implements ModelEvent {
    public ToolCalled {
      Objects.requireNonNull(toolCallId, "toolCallId is null");
      Objects.requireNonNull(name, "name is null");
      Objects.requireNonNull(argumentsJson, "argumentsJson is null");
    }
  }

  /**
   * A response ended: its generation, not its playback.
   *
   * @param responseId the response; {@code null} where the service did not name it
   * @param fault what the service says went wrong; {@code null} unless it failed
   */
  record ResponseEnded(
      @Nullable String responseId, Ending ending, @Nullable Faulted fault, Usage usage)
      implements ModelEvent {
    public ResponseEnded {
      Objects.requireNonNull(ending, "ending is null");
      if ((ending == Ending.FAILED) != (fault != null)) {
        throw new IllegalArgumentException("a fault is what makes a response fail");
      }
      Objects.requireNonNull(usage, "usage is null");
    }
  }

  /** How a response ended. */
  enum Ending {
    COMPLETED,
    /** Cut short, usually because the callee spoke. */
    CANCELLED,
    FAILED,
    /** Cut short by a limit of length or content. */
    INCOMPLETE
  }

  /**
   * The service reported a fault that does not end the session.
   *
   * @param message may be empty
   */
  record Faulted(String code, String message) implements ModelEvent {

    private static final Set<String> RATE_LIMITS =
        Set.of("rate_limit_exceeded", "rate_limit_error", "insufficient_quota");

    public Faulted {
      Objects.requireNonNull(code, "code is null");
      Objects.requireNonNull(message, "message is null");
    }

    /** Whether the account has used up what it may, or what was paid for. */
    public boolean isRateLimit() {
      return RATE_LIMITS.contains(code);
    }

    /** Code and message. */
    public String words() {
      return message.isEmpty() ? code : code + ": " + message;
    }
  }

  /** The service tells what is left of its limits. */
  record RateLimits(List<RateLimit> limits) implements ModelEvent {
    public RateLimits {
      limits = List.copyOf(limits);
    }
  }

  /**
   * What is left of one of the service's limits.
   *
   * @param name the service's word: {@code requests}, {@code tokens}
   */
  record RateLimit(String name, long remaining) {
    public RateLimit {
      Objects.requireNonNull(name, "name is null");
    }
  }

  /** The session is over, or never came about. The last event. */
  record Lost(EndedReason reason, String detail) implements ModelEvent {
    public Lost {
      Objects.requireNonNull(reason, "reason is null");
      Objects.requireNonNull(detail, "detail is null");
    }
  }

  /** An event came that a conversation does not depend on, or that nobody knows; it was skipped. */
  record Ignored() implements ModelEvent {}
}

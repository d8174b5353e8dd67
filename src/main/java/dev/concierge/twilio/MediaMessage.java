package dev.concierge.twilio;

import java.util.Map;
import java.util.Objects;

/** What Twilio sends on a media stream. */
sealed interface MediaMessage {

  /** The socket is open; always the first. */
  record Connected() implements MediaMessage {}

  /** The stream begins; comes once. */
  record Start(
      String streamSid, String callSid, Map<String, String> customParameters, MediaFormat format)
      implements MediaMessage {
    public Start {
      Objects.requireNonNull(streamSid, "streamSid is null");
      Objects.requireNonNull(callSid, "callSid is null");
      customParameters = Map.copyOf(customParameters);
      Objects.requireNonNull(format, "format is null");
    }
  }

  /** How the audio of a stream is coded, in Twilio's words. */
  record MediaFormat(String encoding, long sampleRate, long channels) {

    /** The only format there is on a telephone line, and the only one we speak. */
    static final MediaFormat MULAW_8K_MONO = new MediaFormat("audio/x-mulaw", 8000, 1);

    public MediaFormat {
      Objects.requireNonNull(encoding, "encoding is null");
    }
  }

  /**
   * Audio, of any length.
   *
   * @param timestampMs since the stream began
   */
  record Media(String track, long timestampMs, byte[] payload) implements MediaMessage {
    public Media {
      Objects.requireNonNull(track, "track is null");
      Objects.requireNonNull(payload, "payload is null");
    }

    /** Whether the callee said it; a bidirectional stream has no other track. */
    boolean isInbound() {
      return "inbound".equals(track);
    }
  }

  /** A mark of ours came back. */
  record Mark(String name) implements MediaMessage {
    public Mark {
      Objects.requireNonNull(name, "name is null");
    }
  }

  /** A key of the far telephone was pressed. */
  record Dtmf(String digit) implements MediaMessage {
    public Dtmf {
      Objects.requireNonNull(digit, "digit is null");
    }
  }

  /** The stream or the call ended. */
  record Stop() implements MediaMessage {}

  /** Well-formed, and none of these. */
  record Unknown(String event) implements MediaMessage {
    public Unknown {
      Objects.requireNonNull(event, "event is null");
    }
  }

  /** Not JSON, or without a field that its event needs. */
  record Unreadable(String why) implements MediaMessage {
    public Unreadable {
      Objects.requireNonNull(why, "why is null");
    }
  }
}

package dev.concierge;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.concierge.realtime.RealtimeAddress;
import dev.concierge.realtime.SessionSettings;
import java.util.regex.Pattern;

/** OpenAI's Realtime API, or another service that speaks it, such as Azure's. */
@JsonTypeName("openai")
final class OpenAiModelFactory implements ModelFactory {

  /** What can be sent in a header. */
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");

  /** Less than this is a breath between two words. */
  private static final int MIN_SILENCE_MS = 100;

  /** Longer ones feel like a dead line. */
  private static final int MAX_SILENCE_MS = 5_000;

  @JsonProperty private Secret apiKey = Secret.NONE;
  @JsonProperty private String url = "";
  @JsonProperty private String model = "";
  @JsonProperty private String authHeader = "";
  @JsonProperty private String voice = SessionSettings.DEFAULTS.voice();
  @JsonProperty private String transcriptionModel = SessionSettings.DEFAULTS.transcriptionModel();
  @JsonProperty private double vadThreshold = SessionSettings.DEFAULTS.vadThreshold();
  @JsonProperty private int silenceDurationMs = SessionSettings.DEFAULTS.silenceDurationMs();

  @Override
  public RealtimeAddress address(SandboxSupply sandbox) {
    if (apiKey.isMissing()) {
      throw new StartRefusedException(
          "OPENAI_API_KEY", "must be a key of your OpenAI account when MODEL is openai.");
    }
    if (!KEY.matcher(apiKey.value()).matches()) {
      throw new StartRefusedException(
          "OPENAI_API_KEY", "must be a key as you were given it: ASCII, without spaces.");
    }
    if (model.isBlank()) {
      throw new StartRefusedException(
          "OPENAI_REALTIME_MODEL", "must name a Realtime model, such as gpt-realtime-2.1.");
    }
    var address = Addresses.webSocket("OPENAI_REALTIME_URL", url);
    return switch (authHeader) {
      case "Authorization" -> RealtimeAddress.withBearerKey(address, model, apiKey.value());
      case "api-key" -> RealtimeAddress.withApiKey(address, model, apiKey.value());
      default ->
          throw new StartRefusedException(
              "OPENAI_AUTH_HEADER", "must be Authorization, or api-key for Azure.");
    };
  }

  @Override
  public SessionSettings session() {
    if (voice.isBlank()) {
      throw new StartRefusedException(
          "OPENAI_REALTIME_VOICE", "must name a voice of the Realtime model, such as marin.");
    }
    if (transcriptionModel.isBlank()) {
      throw new StartRefusedException(
          "OPENAI_TRANSCRIPTION_MODEL", "must name a transcription model, such as gpt-transcribe.");
    }
    if (!(vadThreshold >= 0 && vadThreshold <= 1)) {
      throw new StartRefusedException("model.vadThreshold", "must be a number from 0 to 1.");
    }
    if (silenceDurationMs < MIN_SILENCE_MS || silenceDurationMs > MAX_SILENCE_MS) {
      throw new StartRefusedException(
          "model.silenceDurationMs",
          "must be a number of milliseconds from "
              + MIN_SILENCE_MS
              + " to "
              + MAX_SILENCE_MS
              + ".");
    }
    return new SessionSettings(
        voice,
        transcriptionModel,
        vadThreshold,
        SessionSettings.DEFAULTS.prefixPaddingMs(),
        silenceDurationMs,
        SessionSettings.DEFAULTS.takesTurns());
  }
}

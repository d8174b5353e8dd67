package dev.concierge;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.concierge.realtime.RealtimeAddress;
import java.util.regex.Pattern;

/** OpenAI's Realtime API, or another service that speaks it, such as Azure's. */
@JsonTypeName("openai")
final class OpenAiModelFactory implements ModelFactory {

  /** What can be sent in a header. */
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");

  @JsonProperty private Secret apiKey = Secret.NONE;
  @JsonProperty private String url = "";
  @JsonProperty private String model = "";
  @JsonProperty private String authHeader = "";

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
}

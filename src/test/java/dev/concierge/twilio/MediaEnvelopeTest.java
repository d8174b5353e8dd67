package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MediaEnvelopeTest {

  private final MediaEnvelope envelope = new MediaEnvelope("MZ\"1\"");

  @Test
  void audioGoesAsBase64() throws Exception {
    JsonNode message = parsed(envelope.media(new byte[] {-1, 127, 0}));

    assertThat(message.get("event").asText()).isEqualTo("media");
    assertThat(message.get("streamSid").asText()).isEqualTo("MZ\"1\"");
    assertThat(message.at("/media/payload").asText()).isEqualTo("/38A");
  }

  @Test
  void aMarkGoesByItsName() throws Exception {
    JsonNode message = parsed(envelope.mark("item \"7\"\n"));

    assertThat(message.get("event").asText()).isEqualTo("mark");
    assertThat(message.get("streamSid").asText()).isEqualTo("MZ\"1\"");
    assertThat(message.at("/mark/name").asText()).isEqualTo("item \"7\"\n");
  }

  @Test
  void clearSaysNothingElse() throws Exception {
    JsonNode message = parsed(envelope.clear());

    assertThat(message.get("event").asText()).isEqualTo("clear");
    assertThat(message.get("streamSid").asText()).isEqualTo("MZ\"1\"");
    assertThat(message).hasSize(2);
  }

  private static JsonNode parsed(String json) throws Exception {
    return new ObjectMapper().readTree(json);
  }
}

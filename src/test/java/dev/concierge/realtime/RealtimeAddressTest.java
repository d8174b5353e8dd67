package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealtimeAddressTest {

  @ParameterizedTest
  @CsvSource({
    "wss://api.openai.com/v1/realtime, wss://api.openai.com/v1/realtime?model=gpt-realtime-2.1",
    "wss://r.openai.azure.com/openai/v1/realtime, wss://r.openai.azure.com/openai/v1/realtime?model=gpt-realtime-2.1",
    "ws://localhost:9090/v1/realtime?trace=on, ws://localhost:9090/v1/realtime?trace=on&model=gpt-realtime-2.1",
    "ws://localhost:9090/v1/realtime?, ws://localhost:9090/v1/realtime?model=gpt-realtime-2.1",
    "wss://proxy/r?model=mine&a=b, wss://proxy/r?model=mine&a=b",
    "wss://proxy/r?a=b&model=mine, wss://proxy/r?a=b&model=mine",
    "wss://proxy/r?supermodel=x, wss://proxy/r?supermodel=x&model=gpt-realtime-2.1",
  })
  void theModelIsInTheQueryUnlessTheUrlNamesOne(URI url, URI connectUrl) {
    assertThat(RealtimeAddress.withBearerKey(url, "gpt-realtime-2.1", "k").connectUrl())
        .isEqualTo(connectUrl);
  }

  @Test
  void theModelIsUrlEncoded() {
    assertThat(
            RealtimeAddress.withBearerKey(RealtimeAddress.OPENAI, "my model&x=y", "k")
                .connectUrl()
                .getRawQuery())
        .isEqualTo("model=my+model%26x%3Dy");
  }

  @Test
  void theKeyIsSentAsTheServiceWantsIt() {
    RealtimeAddress openAi = RealtimeAddress.withBearerKey(RealtimeAddress.OPENAI, "m", "sk-1");
    RealtimeAddress azure =
        RealtimeAddress.withApiKey(URI.create("wss://r.openai.azure.com/x"), "m", "az-1");

    assertThat(openAi.keyHeader() + ": " + openAi.keyHeaderValue())
        .isEqualTo("Authorization: Bearer sk-1");
    assertThat(azure.keyHeader() + ": " + azure.keyHeaderValue()).isEqualTo("api-key: az-1");
  }

  @Test
  void theKeyIsNotInItsText() {
    assertThat(RealtimeAddress.withBearerKey(RealtimeAddress.OPENAI, "m", "sk-secret").toString())
        .contains("api.openai.com")
        .doesNotContain("sk-secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://api.openai.com/v1/realtime", "wss:///v1", "/v1/realtime"})
  void anAddressThatIsNoWebSocketIsRefused(URI url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RealtimeAddress.withBearerKey(url, "m", "k"))
        .withMessageContaining(url.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "sk-1\n", "sk-1\r\nX-Other: 1", "schlüssel"})
  void aKeyThatIsNoHeaderValueIsRefusedWithoutBeingShown(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RealtimeAddress.withBearerKey(RealtimeAddress.OPENAI, "m", key))
        .withMessage("the key for wss://api.openai.com/v1/realtime cannot be sent in a header");
  }
}

package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.concierge.call.CallId;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

  private static final CallId CALL = new CallId("0b6b1f0e-5a5c-4c0e-9a53-2f2f7c1f6f10");

  @ParameterizedTest
  @CsvSource({
    "https://x.example, wss://x.example/media-stream",
    "https://x.example/, wss://x.example/media-stream",
    "https://x.example/desk//, wss://x.example/desk/media-stream",
    "http://localhost:8080, ws://localhost:8080/media-stream",
  })
  void theStreamIsBesideTheRest(String base, String stream) {
    assertThat(new PublicUrl(URI.create(base)).mediaStream()).hasToString(stream);
  }

  @Test
  void callbacksNameTheirCall() {
    var url = new PublicUrl(URI.create("https://x.example/desk/"));

    assertThat(url.status(CALL)).hasToString("https://x.example/desk/twilio/status/" + CALL);
    assertThat(url.stream(CALL)).hasToString("https://x.example/desk/twilio/stream/" + CALL);
    assertThat(url.answeringMachine(CALL)).hasToString("https://x.example/desk/twilio/amd/" + CALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://x.example",
        "x.example",
        "mailto:x@x.example",
        "https://under_score.example",
        "https://x.example?a=b",
        "https://x.example#f",
        "https://me:secret@x.example",
        "https://x.example/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789"
            + "/0123456789/0123456789/0123456789/0123456789",
      })
  void anAddressThatTwilioCouldNotUseIsRefused(String base) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PublicUrl(URI.create(base)))
        .withMessageStartingWith("the public URL ");
  }
}

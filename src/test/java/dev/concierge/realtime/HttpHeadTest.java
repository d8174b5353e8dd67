package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadTest {

  private static final String ANSWER =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nX-Two: a\r\nx-two: b\r\n\r\n";

  private final HttpHead head = new HttpHead();

  @Test
  void aRequestIsWritten() {
    ByteBuffer request =
        HttpHead.request("GET", "/v1/realtime?model=m", Map.of("Host", List.of("a", "b")));

    assertThat(text(request)).isEqualTo("GET /v1/realtime?model=m HTTP/1.1\r\nHost: a, b\r\n\r\n");
  }

  @Test
  void anAnswerIsReadAndWhatFollowsIsLeft() {
    ByteBuffer input = bytes(ANSWER + "frames");

    UpgradeResponse answer = head.read(input);

    assertThat(answer).isNotNull();
    assertThat(answer.getStatus()).isEqualTo(101);
    assertThat(answer.getHeaders().get("upgrade")).containsExactly("websocket");
    assertThat(answer.getHeaders().get("X-Two")).containsExactly("a", "b");
    assertThat(text(input)).isEqualTo("frames");
  }

  @Test
  void anAnswerMayComeByteByByte() {
    for (int i = 0; i < ANSWER.length() - 1; i++) {
      assertThat(head.read(bytes(ANSWER.substring(i, i + 1)))).isNull();
    }

    UpgradeResponse answer = head.read(bytes("\n"));

    assertThat(answer).isNotNull();
    assertThat(answer.getStatus()).isEqualTo(101);
  }

  @Test
  void anInterimAnswerIsPassedOver() {
    assertThat(head.read(bytes("HTTP/1.1 103 Early Hints\r\nX-Two: c\r\n\r\n"))).isNull();

    UpgradeResponse answer = head.read(bytes("HTTP/1.1 100 Continue\r\n\r\n" + ANSWER));

    assertThat(answer).isNotNull();
    assertThat(answer.getStatus()).isEqualTo(101);
    assertThat(answer.getHeaders().get("X-Two")).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 abc No\r\n\r\n", "\u0000\u0001"})
  void whatIsNoAnswerIsRefused(String text) {
    assertThatThrownBy(() -> head.read(bytes(text)))
        .isInstanceOf(HttpException.RuntimeException.class);
  }

  @Test
  void anAnswerWithoutEndIsRefused() {
    assertThatThrownBy(() -> head.read(bytes("HTTP/1.1 101 Yes\r\nX: " + "x".repeat(20_000))))
        .isInstanceOf(HttpException.RuntimeException.class);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes).toString();
  }
}

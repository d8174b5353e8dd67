package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTextTest {

  /** RFC 6455, 5.7: "A single-frame masked text message (contains "Hello")". */
  @Test
  void theExampleOfTheStandardIsWrittenAsItSays() {
    ByteBuffer frame = MaskedText.frame(0x37FA213D, "Hello".getBytes(StandardCharsets.UTF_8));

    assertThat(HexFormat.of().formatHex(rest(frame))).isEqualTo("818537fa213d7f9f4d5158");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8180",
    "125, 81fd",
    "126, 81fe007e",
    "65535, 81feffff",
    "65536, 81ff0000000000010000"
  })
  void theLengthIsInAsManyBytesAsItNeeds(int length, String head) {
    ByteBuffer frame = MaskedText.frame(0, new byte[length]);

    byte[] bytes = rest(frame);
    assertThat(HexFormat.of().formatHex(bytes)).startsWith(head);
    assertThat(bytes).hasSize(head.length() / 2 + Integer.BYTES + length);
  }

  @Property
  void whatIsMaskedIsUnmaskedByItsKey(@ForAll @IntRange(max = 70_000) int length, @ForAll int key) {
    byte[] text = new byte[length];
    new Random(key).nextBytes(text);

    ByteBuffer frame = MaskedText.frame(key, text);

    byte[] unmasked = new byte[length];
    int start = frame.limit() - length;
    for (int i = 0; i < length; i++) {
      unmasked[i] = (byte) (frame.get(start + i) ^ frame.get(start - Integer.BYTES + i % 4));
    }
    assertThat(unmasked).isEqualTo(text);
    assertThat(frame.getInt(start - Integer.BYTES)).isEqualTo(key);
  }

  private static byte[] rest(ByteBuffer frame) {
    byte[] rest = new byte[frame.remaining()];
    frame.get(rest);
    return rest;
  }
}

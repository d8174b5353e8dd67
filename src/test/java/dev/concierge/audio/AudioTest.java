package dev.concierge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AudioTest {

  @Property
  @Behaviour(32)
  void chunksAreExactAndNothingIsLostOrMoved(
      @ForAll @Size(max = 40) List<byte @Size(max = 500) []> pieces,
      @ForAll @IntRange(min = 1, max = 480) int chunkBytes) {
    ChunkBuffer buffer = new ChunkBuffer(chunkBytes);
    List<byte[]> chunks = new ArrayList<>();
    pieces.forEach(piece -> buffer.add(piece, chunks::add));
    assertThat(chunks).allMatch(chunk -> chunk.length == chunkBytes);
    buffer.flush(chunks::add);
    assertThat(joined(chunks)).isEqualTo(joined(pieces));
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Property
  @Behaviour(33)
  void framesAreWholeUntilTheLastOne(
      @ForAll @Size(max = 40) List<byte @Size(max = 500) []> pieces) {
    FrameBuffer buffer = new FrameBuffer(MuLaw.FRAME_BYTES);
    List<byte[]> runs = new ArrayList<>();
    pieces.forEach(piece -> runs.add(buffer.add(piece)));
    assertThat(runs).allMatch(run -> run.length % MuLaw.FRAME_BYTES == 0);
    runs.add(buffer.flush());
    assertThat(joined(runs)).isEqualTo(joined(pieces));
  }

  @Property
  void everyByteSurvivesDecodingAndEncoding(@ForAll byte mulaw) {
    // 0x7F is minus zero: the same sound as 0xFF.
    byte expected = mulaw == 0x7F ? MuLaw.SILENCE : mulaw;
    assertThat(MuLaw.encode(MuLaw.decode(mulaw))).isEqualTo(expected);
  }

  @Property
  void encodingIsAsExactAsTheStandardAllows(@ForAll short linear) {
    int clipped = Math.max(-32_635, Math.min(32_635, linear));
    int step = Math.max(8, Integer.highestOneBit(Math.abs(clipped) + 0x84) >> 4);
    assertThat(Math.abs(MuLaw.decode(MuLaw.encode(linear)) - clipped)).isLessThanOrEqualTo(step);
  }

  private static byte[] joined(List<byte[]> pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pieces.forEach(out::writeBytes);
    return out.toByteArray();
  }
}

package dev.concierge.sandbox.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.UniformReservoir;
import org.junit.jupiter.api.Test;

class PassageTest {

  private static final long MS = 1_000_000;

  private final Histogram micros = new Histogram(new UniformReservoir());
  private final Passage passage = new Passage(micros);

  @Test
  void aMessageIsAsOldAsItsLastByte() {
    begin();
    passage.sent(160, 20 * MS);
    passage.sent(160, 40 * MS);
    passage.sent(160, 60 * MS);

    passage.received(400, 63 * MS);

    assertThat(micros.getSnapshot().getValues()).containsExactly(3_000);
  }

  @Test
  void theRestOfAPieceComesWithTheNextMessage() {
    begin();
    passage.sent(160, 20 * MS);
    passage.sent(160, 40 * MS);

    passage.received(100, 21 * MS);
    passage.received(220, 45 * MS);

    assertThat(micros.getSnapshot().getValues()).containsExactlyInAnyOrder(1_000, 5_000);
  }

  @Test
  void whatWasSentBeforeTheOtherSideWasThereIsNotMeasured() {
    passage.sent(160, 0);
    passage.sent(160, 20 * MS);

    passage.received(320, 500 * MS);

    assertThat(micros.getCount()).isZero();
  }

  @Test
  void whatWasDroppedIsNotWaitedFor() {
    begin();
    passage.sent(1_000, 20 * MS);
    passage.drop();
    passage.sent(160, 900 * MS);

    passage.received(160, 901 * MS);

    assertThat(micros.getSnapshot().getValues()).containsExactly(1_000);
  }

  /** The other side is there: one byte has come. */
  private void begin() {
    passage.sent(1, 0);
    passage.received(1, 1);
  }
}

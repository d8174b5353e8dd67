package dev.concierge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.bridge.ModelEvent.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** How exactly the bridge knows what was heard when the callee speaks over the agent. */
class InterruptionProperties {

  private static final int INTERRUPTIONS = 200;
  private static final Duration TICK = Duration.ofMillis(1);

  /** What one response looks like: how long its pieces are, and how far apart they come. */
  private record Pace(int pieceMs, int everyMs) {

    /** Two of three models are faster than speech, as the vendor's is. */
    static Pace of(Random random) {
      int pieceMs = 20 + random.nextInt(400);
      int everyMs = random.nextInt(3) > 0 ? random.nextInt(pieceMs) : pieceMs + random.nextInt(80);
      return new Pace(pieceMs, everyMs);
    }
  }

  private BridgeRig rig;

  /** One instance serves all tries of a property. */
  @BeforeTry
  void begin() {
    rig = new BridgeRig().ready();
  }

  @Property(tries = 40)
  @Behaviour({39, 40, 45})
  void theModelIsToldWhatTheFarEndReallyPlayed(
      @ForAll @IntRange(max = 100) int wayMs,
      @ForAll @IntRange(max = 15) int jitterMs,
      @ForAll long seed) {
    Random random = new Random(seed);
    FarEnd far = new FarEnd(rig, random, wayMs, jitterMs);
    List<Long> errors = new ArrayList<>();
    for (int i = 0; i < INTERRUPTIONS; i++) {
      errors.add(errorOfAnInterruption(far, random, i));
    }
    Collections.sort(errors);
    assertThat(errors.get(INTERRUPTIONS * 99 / 100 - 1)).isLessThanOrEqualTo(20);
  }

  private long errorOfAnInterruption(FarEnd far, Random random, int n) {
    far.newItem();
    rig.responseStarts("r" + n);
    long receivedMs = speakFor(100 + random.nextInt(3_000), far, Pace.of(random), n);
    rig.hostBegins("h" + n, 0);
    String told = rig.model.get(rig.model.size() - 1);
    assertThat(told).startsWith("truncate i" + n + " ");
    long toldMs = Long.parseLong(told.substring(told.lastIndexOf(' ') + 1));
    assertThat(toldMs).isBetween(0L, receivedMs);
    boolean cleared = rig.line.get(rig.line.size() - 1).equals("clear");
    rig.responseEnds("r" + n, Ending.CANCELLED);
    rig.hostEnds("h" + n, 0);
    do {
      tick(far);
    } while (!far.isQuiet());
    // What came had been heard to its end, so that there was nothing to clear.
    return cleared ? Math.abs(toldMs - far.playedAtClearMs()) : receivedMs - toldMs;
  }

  /** The agent speaks until the callee does. */
  private long speakFor(int lengthMs, FarEnd far, Pace pace, int n) {
    long receivedMs = 0;
    for (int ms = 0; ms < lengthMs; ms++) {
      if (ms % Math.max(1, pace.everyMs()) == 0 && receivedMs < 20_000) {
        rig.agentSays("r" + n, "i" + n, pace.pieceMs());
        receivedMs += pace.pieceMs();
      }
      tick(far);
    }
    return receivedMs;
  }

  private void tick(FarEnd far) {
    rig.clock.advance(TICK);
    far.tick();
  }
}

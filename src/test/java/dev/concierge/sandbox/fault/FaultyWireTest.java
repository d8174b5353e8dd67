package dev.concierge.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concierge.sandbox.fault.Fault.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultyWireTest {

  private final List<String> sent = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  private final FaultyWire wire = new FaultyWire(new Recorder());

  private void sendFive() {
    for (int i = 1; i <= 5; i++) {
      wire.send(i % 2 == 1 ? "odd" : "even", "m" + i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "odd, 0, 0, drop,         m2 m4",
    "odd, 1, 1, drop,         m1 m2 m4 m5",
    "odd, 0, 1, repeat 3,     m1 m1 m1 m2 m3 m4 m5",
    "odd, 0, 0, swap,         m2 m1 m4 m3",
    ",    0, 0, swap,         m2 m1 m4 m3",
    ",    0, 2, garble,       m m m3 m4 m5",
    "even, 1, 1, replace x y, m1 m2 m3 x y m5",
    "even, 0, 0, cut,         m1 CUT",
    "even, 0, 0, half-close,  m1 HALF",
    "odd, 1, 1, stall 3s,     m1 m2 m3 STALL3 m4 m5",
  })
  void eachEffectBefallsTheMessagesItIsMeantFor(
      String message, int skip, int times, String effect, String onTheWire) {
    wire.add(List.of(new Fault(Wire.MODEL, message, skip, times, Effect.parse(effect))));

    sendFive();

    assertThat(String.join(" ", sent)).isEqualTo(onTheWire);
  }

  @Test
  void whatComesAfterALateMessageIsLateToo() {
    wire.add(List.of(new Fault(Wire.MODEL, "even", 0, 1, Effect.parse("delay 2s"))));

    sendFive();
    assertThat(sent).containsExactly("m1");
    timers.forEach(Runnable::run);

    assertThat(timers).hasSize(1);
    assertThat(sent).containsExactly("m1", "m2", "m3", "m4", "m5");
  }

  @Test
  void ofTwoFaultsTheFirstCounts() {
    wire.add(
        List.of(
            new Fault(Wire.MODEL, "odd", 0, 1, Effect.parse("drop")),
            new Fault(Wire.MODEL, null, 0, 2, Effect.parse("repeat 2"))));

    sendFive();

    assertThat(sent).containsExactly("m2", "m2", "m3", "m4", "m5");
  }

  @ParameterizedTest
  @CsvSource({"explode", "drop 2", "delay soon", "repeat", "repeat -1", "refuse 200", "refuse"})
  void whatIsNoEffectIsRefused(String text) {
    assertThatThrownBy(() -> Effect.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRefusalIsTakenByTheSessionThatIsOpenedAndTheRestByTheOneThatIsSetUp() {
    ModelFaults faults = new ModelFaults();
    Fault refused = new Fault(Wire.MODEL, null, 0, 0, Effect.parse("refuse 429"));
    Fault dropped = new Fault(Wire.MODEL, null, 0, 0, Effect.parse("drop"));
    faults.expect("A", List.of(dropped));
    faults.expect("B", List.of());
    faults.expect("C", List.of(refused));

    assertThat(faults.takeRefusal()).contains(new Effect.Refuse(429));
    assertThat(faults.takeRefusal()).isEmpty();
    assertThat(faults.take("B")).isEmpty();
    assertThat(faults.take("A")).containsExactly(dropped);
    assertThat(faults.take("A")).isEmpty();
  }

  @Test
  void aStreamThatEndedWithoutASessionLeavesItsFaultsToNobody() {
    ModelFaults faults = new ModelFaults();
    List<Fault> same = List.of(new Fault(Wire.MODEL, null, 0, 0, Effect.parse("drop")));
    Runnable first = faults.expect("A", same);
    Runnable second = faults.expect("A", same);

    assertThat(faults.take("A")).isEqualTo(same);
    first.run();
    assertThat(faults.take("A")).isEqualTo(same);
    faults.expect("A", same).run();
    second.run();

    assertThat(faults.take("A")).isEmpty();
  }

  private final class Recorder implements FaultyWire.Line {

    @Override
    public void send(String text) {
      sent.add(text);
    }

    @Override
    public void stall(Duration length) {
      sent.add("STALL" + length.toSeconds());
    }

    @Override
    public void cut() {
      sent.add("CUT");
    }

    @Override
    public void halfClose() {
      sent.add("HALF");
    }

    @Override
    public void after(Duration delay, Runnable task) {
      timers.add(task);
    }
  }
}

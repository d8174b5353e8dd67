package dev.concierge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTimeTest {

  @Test
  void aTenthOfTheTimeIsWaitedWhenItRunsTenTimesAsFast() {
    assertThat(new SandboxTime(10).real(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aSpeedAtWhichTimeDoesNotPassIsRefused(double speed) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SandboxTime(speed));
  }
}

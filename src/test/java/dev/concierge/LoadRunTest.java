package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concierge.LoadCall.LoadFailedException;
import dev.concierge.sandbox.load.LoadMeter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Load on a service in this process, at five times the speed of real calls. */
@Timeout(120)
class LoadRunTest {

  private static final int CALLS = 3;

  private final LoadMeter meter = new LoadMeter();
  private StandaloneSandbox sandbox;
  private RunningService service;

  @BeforeEach
  void start() throws Exception {
    sandbox = new StandaloneSandbox(0, 5, null, meter);
    sandbox.start();
    service = new RunningService(sandbox.variables());
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    sandbox.stop();
  }

  @Test
  void everyCallIsHeldConfirmedAndMeasured() throws Exception {
    LoadRun run = new LoadRun(service.client(), meter);

    run.run(CALLS, Duration.ofMillis(1));

    assertThat(run.failures()).isEmpty();
    assertThat(run.placed()).isEqualTo(CALLS);
    assertThat(meter.mostOpen()).isEqualTo(CALLS);
    assertThat(run.figures().toModel().getCount()).isPositive();
    assertThat(run.figures().toCallee().getCount()).isPositive();
    assertThat(run.figures().pace().getCount()).isPositive();
    assertThat(run.figures().untilHeard().getCount()).isEqualTo(CALLS);
    assertThat(run.figures().bargeIn().getCount()).as("two of three interrupt").isPositive();
  }

  @Test
  void aServiceThatTakesNoCallsIsToldAsAFailure() {
    LoadRun run = new LoadRun(new CallClient(service.url(), "another key"), meter);

    assertThatThrownBy(run::tryOut)
        .isInstanceOf(LoadFailedException.class)
        .hasMessageContaining("401");
  }
}

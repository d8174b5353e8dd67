package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.concierge.sandbox.WireWatch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls at once, at the speed of real ones. */
@Timeout(300)
class HeldCallsTest {

  private static final int CALLS = 50;

  /** A second of a callee: a service that is too slow falls behind by ever more. */
  private static final long LATE_BYTES = 50 * 160;

  /** Three seconds of a callee: 150 frames. */
  private static final long HEARD_BYTES = 3 * 50 * 160;

  /** Pools may breathe by a few; whatever is left behind by each call is more. */
  private static final int SLACK = CALLS / 2;

  private final Traffic traffic = new Traffic();
  private final HttpClient http = HttpClient.newHttpClient();
  private StandaloneSandbox sandbox;
  private RunningService service;

  @BeforeEach
  void start() throws Exception {
    sandbox = new StandaloneSandbox(0, 1, null, traffic);
    sandbox.start();
    service = new RunningService(sandbox.variables());
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    sandbox.stop();
  }

  /** How soon they are heard is measured, and with more of them: see docs/performance.md. */
  @Test
  @Behaviour(60)
  void callsAtOnceAreAllHeardWithoutDelayAndLeaveNothingBehind() throws Exception {
    holdCalls("first");
    int threads = Thread.activeCount();
    long descriptors = openDescriptors();

    holdCalls("second");

    // Soon: after half a minute the far ends would give up sockets that were left open.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(Thread.activeCount()).as("threads").isLessThan(threads + SLACK);
              assertThat(openDescriptors()).as("sockets").isLessThan(descriptors + SLACK);
            });
  }

  /** Places the calls, waits until the model hears all of them as they speak, and hangs up. */
  private void holdCalls(String round) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      var order = RunningService.order("+14155550100").put("restaurant_name", round + " " + i);
      ids.add(service.client().place(order).path("id").asText());
    }
    for (int i = 0; i < CALLS; i++) {
      String restaurant = round + " " + i;
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> traffic.bytes(restaurant, WireWatch.Moment.MODEL_RECEIVED) >= HEARD_BYTES);
    }
    for (int i = 0; i < CALLS; i++) {
      String restaurant = round + " " + i;
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(traffic.missing(restaurant)).isBetween(0L, LATE_BYTES));
    }
    for (String id : ids) {
      hangUp(id);
    }
    for (String id : ids) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> service.client().call(id).path("conversation").hasNonNull("duration_ms"));
    }
  }

  private void hangUp(String id) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(service.url().resolve("/calls/" + id + "/hangup"))
            .header("Authorization", "Bearer " + sandbox.variables().get("API_KEY"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isLessThan(300);
  }

  /** Sockets and files of this process, which is both ends of every connection. */
  private static long openDescriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  /** Counts the audio of each call at each end. */
  private static final class Traffic implements WireWatch {

    private final Map<String, Map<Moment, AtomicLong>> calls = new ConcurrentHashMap<>();

    @Override
    public void on(String restaurant, Moment moment, int bytes) {
      counts(restaurant).get(moment).addAndGet(bytes);
    }

    long bytes(String restaurant, Moment moment) {
      return counts(restaurant).get(moment).get();
    }

    /** How much the callee has said that the model has not heard yet. */
    long missing(String restaurant) {
      long heard = bytes(restaurant, Moment.MODEL_RECEIVED);
      return bytes(restaurant, Moment.CALLEE_SENT) - heard;
    }

    private Map<Moment, AtomicLong> counts(String restaurant) {
      return calls.computeIfAbsent(restaurant, name -> zeroes());
    }

    private static Map<Moment, AtomicLong> zeroes() {
      Map<Moment, AtomicLong> zeroes = new EnumMap<>(Moment.class);
      for (Moment moment : Moment.values()) {
        zeroes.put(moment, new AtomicLong());
      }
      return zeroes;
    }
  }
}

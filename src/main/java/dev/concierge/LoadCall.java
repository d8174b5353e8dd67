package dev.concierge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.sandbox.load.LoadFigures;
import dev.concierge.sandbox.load.LoadMeter;
import dev.concierge.sandbox.load.LoadMeter.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One call through a service whose carrier is the sandbox of this process. It is good when its
 * table was confirmed, which takes every byte of audio in both directions.
 */
final class LoadCall {

  /** Who confirms at once, and who talks over the agent first. */
  private static final String[] HOSTS = {"+14155550100", "+14155550104"};

  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int LOOKS = 20;

  private final CallClient client;
  private final LoadMeter meter;
  private final String restaurant;
  private final String host;

  /**
   * @param number no other call of this run has it
   */
  LoadCall(CallClient client, LoadMeter meter, int number) {
    this.client = client;
    this.meter = meter;
    this.restaurant = "Load test " + number;
    this.host = HOSTS[number % HOSTS.length];
  }

  /**
   * Places the call and waits for its end.
   *
   * @throws LoadFailedException if it was not good; the message is the same for all calls that
   *     failed alike
   */
  void run(LoadFigures figures) throws LoadFailedException, InterruptedException {
    Progress progress = meter.expect(restaurant, figures);
    try {
      String id = client.place(order()).path("id").asText();
      await(progress.opened(), ANSWERED_WITHIN, "its media stream was never opened");
      await(progress.closed(), LONGEST, "its media stream was never closed");
      check(ended(id));
    } catch (IOException e) {
      throw new LoadFailedException(e.getMessage() == null ? e.toString() : e.getMessage());
    } finally {
      meter.forget(restaurant);
    }
  }

  private ObjectNode order() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("to", host)
        .put("restaurant_name", restaurant)
        .put("party_size", 4)
        .put("date", "tomorrow")
        .put("time", "7pm")
        .put("guest_name", "Alex Doe")
        .put("callback_number", "+14155550142");
  }

  private static void await(CompletableFuture<Void> moment, Duration limit, String failure)
      throws LoadFailedException, InterruptedException {
    try {
      moment.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new LoadFailedException(failure);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a moment does not fail", e);
    }
  }

  /**
   * The call once the service knows of its end and, unless nobody answered, how it went; as it
   * stands if that takes too long. The carrier's word of the end may be first.
   */
  private JsonNode ended(String id) throws IOException, InterruptedException {
    JsonNode call = client.call(id);
    for (int i = 1; i < LOOKS && !isWhole(call); i++) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
      call = client.call(id);
    }
    return call;
  }

  private static boolean isWhole(JsonNode call) {
    return call.hasNonNull("ended_at")
        && (!call.hasNonNull("answered_at") || call.hasNonNull("conversation"));
  }

  private static void check(JsonNode call) throws LoadFailedException {
    String result = call.path("outcome").path("result").asText("no outcome");
    if (!result.equals("confirmed")) {
      throw new LoadFailedException(
          "%s, %s, %s"
              .formatted(
                  call.path("status").asText(),
                  call.path("ended_reason").asText("running"),
                  result));
    }
  }

  /** A call was not good. */
  static final class LoadFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    LoadFailedException(String message) {
      super(message);
    }
  }
}

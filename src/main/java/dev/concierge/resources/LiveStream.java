package dev.concierge.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes a call's events to one client until the call is settled, the client goes away, or it is
 * told to stop. Runs on the request's thread and holds it.
 */
final class LiveStream {

  /** Proxies drop a connection that is silent for longer; a client that left shows itself. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final CallFollower follower;
  private final ObjectMapper json;
  private final Clock clock;
  private final Pause pause;
  private Instant writtenAt = Instant.MIN;

  LiveStream(CallFollower follower, ObjectMapper json, Clock clock, Pause pause) {
    this.follower = follower;
    this.json = json;
    this.clock = clock;
    this.pause = pause;
  }

  /** Waits until it is time to look again. */
  interface Pause {
    /** Returns whether to go on. */
    boolean await() throws InterruptedException;
  }

  /**
   * Writes until there is no more to write.
   *
   * @throws IOException if the client went away
   */
  void write(OutputStream out) throws IOException, InterruptedException {
    do {
      Instant now = clock.instant();
      StringBuilder text = new StringBuilder();
      for (LiveEvent event : follower.next()) {
        append(event, text);
      }
      if (text.isEmpty() && !now.isBefore(writtenAt.plus(LONGEST_SILENCE))) {
        text.append(": keep-alive\n\n");
      }
      if (!text.isEmpty()) {
        out.write(text.toString().getBytes(UTF_8));
        out.flush();
        writtenAt = now;
      }
    } while (!follower.hasEnded() && pause.await());
  }

  /** JSON has no line breaks of its own, so the data is one line. */
  private void append(LiveEvent event, StringBuilder text) throws IOException {
    text.append("event: ").append(event.name()).append('\n');
    if (event.id() != null) {
      text.append("id: ").append(event.id()).append('\n');
    }
    text.append("data: ").append(json.writeValueAsString(event.data())).append("\n\n");
  }
}

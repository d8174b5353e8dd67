package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.BargedIn;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.ConversationSummary;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import dev.concierge.call.Outcome.Result;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import dev.concierge.call.Usage;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveResourceTest {

  private static final ConversationSummary SUMMARY =
      new ConversationSummary(1000, 300L, List.of(), 1, 8000, 8000, 0, Usage.NONE);

  private TestService service;

  @BeforeEach
  void start() {
    service = new TestService();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aSettledCallIsToldFromItsBeginningToItsEnd() {
    CallId id = service.place("Chez Test");
    service.tell(id, wholeCall(id));
    HttpResponse<String> answer = service.get("/calls/" + id + "/live");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(names(answer))
        .containsExactly(
            "status", "status", "status", "turn", "barge_in", "turn", "outcome", "status", "end");
    assertThat(answer.body())
        .contains("data: {\"status\":\"submitting\",\"at\":\"2026-11-18T20:30:00Z\"}")
        .contains("data: {\"played_ms\":400}")
        .contains("\"heard_text\":\"A table\"")
        .contains("data: {\"result\":\"confirmed\"")
        .contains("event: end\nid: end\ndata: {\"id\":\"" + id + "\",\"status\":\"completed\"");
  }

  @Test
  void whatHappensWhileFollowingIsToldAtOnce() throws Exception {
    CallId id = service.place("Chez Test");
    try (Follower follower = new Follower(id, "")) {
      assertThat(follower.nextData()).contains("submitting");
      assertThat(follower.nextData()).contains("queued");
      for (CallFact fact : wholeCall(id)) {
        service.tell(id, fact);
        if (!(fact instanceof ConversationEnded)) {
          assertThat(follower.nextData()).isNotEmpty();
        }
      }
      assertThat(follower.nextData()).contains("\"status\":\"completed\"");
      assertThat(follower.readToEnd()).doesNotContain("data:");
    }
  }

  @Test
  void aClientThatCompressesIsNotKeptWaiting() throws Exception {
    CallId id = service.place("Chez Test");
    try (Follower follower = new Follower(id, "Accept-Encoding: gzip\r\n")) {
      assertThat(follower.nextData()).contains("submitting");
      service.tell(
          id, new StatusReported(CallStatus.BUSY, ScriptedCarrier.nameOf(id), null, Map.of()));
      assertThat(follower.readToEnd()).contains("busy");
    }
  }

  @Test
  void aClientThatWasCutOffGoesOnWhereItWas() {
    CallId id = service.place("Chez Test");
    service.tell(id, wholeCall(id));
    List<String> ids =
        Pattern.compile("id: (\\d+)")
            .matcher(service.get("/calls/" + id + "/live").body())
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(names(after(id, ids.get(4)))).containsExactly("turn", "outcome", "status", "end");
    assertThat(names(after(id, ids.get(ids.size() - 1)))).containsExactly("end");
    assertThat(after(id, "end").statusCode()).isEqualTo(204);
    assertThat(after(id, "x").statusCode()).isEqualTo(400);
  }

  @Test
  void onlySoManyMayFollowAtOnceAndOneWhoLeftMakesRoom() throws Exception {
    CallId id = service.place("Chez Test");
    try (Follower one = new Follower(id, "");
        Follower other = new Follower(id, "")) {
      one.nextData();
      other.nextData();
      HttpResponse<String> refused = service.get("/calls/" + id + "/live");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      other.close();
      await()
          .until(
              () -> {
                service.clock.advance(Duration.ofSeconds(10));
                try (Follower next = new Follower(id, "")) {
                  return next.status().contains("200");
                }
              });
    }
  }

  @Test
  void aSilentStreamIsKeptAlive() throws Exception {
    CallId id = service.place("Chez Test");
    try (Follower follower = new Follower(id, "")) {
      follower.nextData();
      follower.nextData();
      service.clock.advance(Duration.ofSeconds(10));
      assertThat(follower.nextLineWith(": ")).isEqualTo(": keep-alive");
    }
  }

  @Test
  void aServerThatStopsEndsItsStreams() throws Exception {
    CallId id = service.place("Chez Test");
    try (Follower follower = new Follower(id, "")) {
      follower.nextData();
      service.close();
      assertThat(follower.readToEnd()).doesNotContain("event: end");
    }
  }

  private HttpResponse<String> after(CallId id, String lastEventId) {
    return service.send(
        service.request("/calls/" + id + "/live").header("Last-Event-ID", lastEventId).build());
  }

  private static List<String> names(HttpResponse<String> answer) {
    return Pattern.compile("event: (\\w+)")
        .matcher(answer.body())
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static CallFact[] wholeCall(CallId id) {
    String carrierCallId = ScriptedCarrier.nameOf(id);
    return new CallFact[] {
      new ConversationStarted("MZ1", carrierCallId),
      new TurnSpoken(new Turn(Speaker.AGENT, "A table for", "A table", 0, 400, true)),
      new BargedIn(400),
      new TurnSpoken(new Turn(Speaker.HOST, "Of course.", null, 400, 900, false)),
      new OutcomeRecorded(Outcome.of(Result.CONFIRMED)),
      new ConversationEnded(EndedReason.AGENT_SAID_GOODBYE, null, SUMMARY),
      new StatusReported(CallStatus.COMPLETED, carrierCallId, null, Map.of()),
    };
  }

  /** A client that reads the answer as it comes. */
  private final class Follower implements Closeable {

    private final Socket socket = new Socket("localhost", service.port());
    private final BufferedReader in;

    Follower(CallId id, String headers) throws IOException {
      socket.setSoTimeout(20_000);
      String request =
          "GET /calls/" + id + "/live HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    String status() throws IOException {
      return in.readLine();
    }

    String nextData() throws IOException {
      return nextLineWith("data: ");
    }

    String nextLineWith(String start) throws IOException {
      String line = in.readLine();
      while (!line.startsWith(start)) {
        line = in.readLine();
      }
      return line;
    }

    /** The rest, up to the empty chunk that ends the answer. */
    String readToEnd() throws IOException {
      StringBuilder text = new StringBuilder();
      for (String line = in.readLine(); !line.equals("0"); line = in.readLine()) {
        text.append(line).append('\n');
      }
      return text.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

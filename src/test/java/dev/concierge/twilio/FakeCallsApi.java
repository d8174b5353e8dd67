package dev.concierge.twilio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that answers as it is told to, in turn, and keeps what it was asked. */
final class FakeCallsApi implements AutoCloseable {

  /** What it was asked; {@code form} is empty for a GET. */
  record Asked(String method, URI uri, String authorization, String form) {}

  private record Answer(int status, String body) {}

  private static final Answer NEVER = new Answer(0, "");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  FakeCallsApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  FakeCallsApi answers(int status, String body) {
    answers.add(new Answer(status, body));
    return this;
  }

  FakeCallsApi answersNever() {
    answers.add(NEVER);
    return this;
  }

  URI baseUrl() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/twilio/");
  }

  List<Asked> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            form));
    Answer answer = next();
    if (answer.equals(NEVER)) {
      awaitClosing();
    } else {
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private synchronized Answer next() {
    return answers.isEmpty() ? new Answer(500, "no answer was prepared") : answers.remove();
  }

  private void awaitClosing() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /** A call as Twilio answers it. */
  static String call(String status) {
    return "{\"sid\":\"CA1\",\"status\":\"" + status + "\"}";
  }

  /** An error as Twilio answers it. */
  static String error(int status, int code, String message) {
    return "{\"code\":%d,\"message\":\"%s\",\"status\":%d}".formatted(code, message, status);
  }
}
